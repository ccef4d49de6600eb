namespace Firstline.Api.Tests;

/// <summary>One complete object per kind, as it is on the wire: every field has a value.</summary>
internal static class Golden
{
    public static readonly string[] Kinds = ["incident", "runbook", "remediationrequest", "remediationpolicy"];

    public static string Read(string kind) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", $"{kind}.json"));
}
