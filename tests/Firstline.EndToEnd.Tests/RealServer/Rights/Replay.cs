using System.Globalization;
using Firstline.Kube.Client;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>Sends a recorded request once more, as the operator; a write as a dry run.</summary>
internal sealed class Replay(IKubeClient asOperator)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Admission refuses with the same code: what may not be made in a namespace that is going, may be asked for.
    private const string ByRole = " cannot ";

    /// <summary>The refusal by the server's roles; null when they allow the request, whatever else becomes of it.</summary>
    public async Task<string?> RefusalAsync(AuditedRequest recorded)
    {
        try
        {
            await using Stream answer = await asOperator.OpenAsync(RequestOf(recorded), CancellationToken.None);
            return null;
        }
        catch (KubeException e)
        {
            return e.Kind == KubeErrorKind.Forbidden && e.Message.Contains(ByRole, StringComparison.Ordinal) ? e.Message : null;
        }
    }

    /// <summary>Sends it until it is refused, or allowed: the API server learns of a changed role by a watch of its own.</summary>
    /// <returns>The refusal, or null.</returns>
    public async Task<string?> UntilAsync(AuditedRequest recorded, bool refused)
    {
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            string? refusal = await RefusalAsync(recorded);
            if (refusal is not null == refused || stop.IsCancellationRequested)
            {
                return refusal;
            }

            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static KubeRequest RequestOf(AuditedRequest recorded)
    {
        string[] parts = recorded.Uri.Split('?', 2);
        string path = parts[0];
        // Whoever may see one object alone must ask for that one.
        string only = string.Concat(parts.Skip(1).SelectMany(static query => query.Split('&')).Where(static p => p.StartsWith("fieldSelector=", StringComparison.Ordinal)).Select(static p => $"&{p}"));
        return recorded.Verb switch
        {
            "watch" => new() { Verb = KubeVerb.Watch, RawPath = $"{path}?watch=true&timeoutSeconds=5{only}" },
            "get" or "list" => new() { Verb = KubeVerb.Get, RawPath = $"{path}?limit=1{only}" },
            "patch" => Write(KubeVerb.Patch, path) with { ContentType = "application/merge-patch+json" },
            _ => Write(Enum.Parse<KubeVerb>(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(recorded.Verb)), path),
        };
    }

    private static KubeRequest Write(KubeVerb verb, string path) => new() { Verb = verb, RawPath = $"{path}?dryRun=All", Body = "{}"u8.ToArray() };
}
