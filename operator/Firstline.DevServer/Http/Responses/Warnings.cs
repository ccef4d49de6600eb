using System.Collections.Immutable;

namespace Firstline.DevServer.Http.Responses;

/// <summary>Tells clients what they should know beside the answer, by the Warning header that kubectl prints.</summary>
internal static class Warnings
{
    public static void Add(HttpContext http, ImmutableArray<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            string quoted = sentence.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ");
            http.Response.Headers.Append("Warning", $"299 - \"{quoted}\"");
        }
    }
}
