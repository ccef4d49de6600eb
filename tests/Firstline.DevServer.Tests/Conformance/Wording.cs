using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>
/// Compares answers of two versions of Kubernetes: code, reason, shape and every value strictly, the words of a refusal only where they have been the same for
/// years. What validation, decoding and admission say is reworded from version to version, and no client may rest on it.
/// </summary>
internal static class Wording
{
    /// <summary>Reasons whose messages are the same in every version.</summary>
    public static readonly ImmutableArray<string> Stable = ["NotFound", "AlreadyExists", "Conflict", "Expired", "MethodNotAllowed"];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when one answer, of one or more lines, is the other but for words that are not stable.</summary>
    public static bool Agree(string recorded, string answer) => Loosen(recorded) == Loosen(answer);

    /// <summary>The answer without words that are not stable.</summary>
    public static string Loosen(string told) => string.Join('\n', told.Split('\n').Select(LoosenLine));

    private static string LoosenLine(string line)
    {
        if (line.StartsWith("Warning: ", StringComparison.Ordinal))
        {
            return "Warning";
        }

        int at = line.IndexOf('{', StringComparison.Ordinal);
        if (at is not (0 or 4) || Parse(line[at..]) is not { } body)
        {
            return line;
        }

        // A watch tells a refusal as the object of an event.
        return Loosen(body) | Loosen(body["object"] as JsonObject) ? line[..at] + body.ToJsonString(Compact) : line;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Loosen(JsonObject? status)
    {
        if ((string?)status?["kind"] != "Status" || (string?)status["status"] != "Failure" || Stable.Contains((string?)status["reason"] ?? ""))
        {
            return false;
        }

        status.Remove("message");
        foreach (JsonNode? cause in status["details"]?["causes"] as JsonArray ?? [])
        {
            cause!.AsObject().Remove("message");
        }

        return true;
    }
}
