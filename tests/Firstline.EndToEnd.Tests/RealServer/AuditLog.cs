using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The API server's audit log: the file <c>audit.jsonl</c> beside the kubeconfig, one event of audit.k8s.io/v1 a line.</summary>
internal sealed class AuditLog(string kubeconfig, string user)
{
    private readonly string _file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(kubeconfig))!, "audit.jsonl");

    /// <summary>False where the server keeps no audit log there.</summary>
    public bool IsKept => File.Exists(_file);

    /// <summary>What the user asked for since then; skips the test where the server keeps no audit log.</summary>
    public ImmutableArray<AuditedRequest> Since(DateTimeOffset begin)
    {
        Skip.IfNot(IsKept, $"{_file} is missing: start the API server with an audit log there");
        using FileStream stream = new(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);

        // The server may be in the middle of the last line.
        string[] lines = reader.ReadToEnd().Split('\n')[..^1];
        return [.. lines.Where(l => l.Contains(user, StringComparison.Ordinal)).Select(static l => JsonNode.Parse(l)!).Where(IsAsked).Select(Read).Where(r => r.ReceivedAt >= begin)];
    }

    // A watch that is allowed counts from its begin: it may last longer than the test.
    private bool IsAsked(JsonNode e) => e["user"]!["username"]!.ToString() == user && e["stage"]!.ToString() == (IsWatching(e) ? "ResponseStarted" : "ResponseComplete");

    private static bool IsWatching(JsonNode e) => e["verb"]!.ToString() == "watch" && e["responseStatus"]?["code"]?.GetValue<int>() == 200;

    private static AuditedRequest Read(JsonNode e)
    {
        JsonNode? about = e["objectRef"];
        JsonNode? answer = e["responseStatus"];
        string subresource = about?["subresource"] is { } sub ? $"/{sub}" : "";
        return new AuditedRequest(
            DateTimeOffset.Parse(e["requestReceivedTimestamp"]!.ToString(), CultureInfo.InvariantCulture),
            e["userAgent"]?.ToString() ?? "", e["verb"]!.ToString(), e["requestURI"]!.ToString(), about?["apiGroup"]?.ToString() ?? "", $"{about?["resource"]}{subresource}", about?["namespace"]?.ToString() ?? "",
            answer?["code"]?.GetValue<int>() ?? 0, answer?["message"]?.ToString() ?? "");
    }
}
