using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>How a Job ended, read from the object as the API server sends it.</summary>
/// <param name="HasSucceeded">True when its condition Complete is True.</param>
/// <param name="Why">Reason and message of the condition that says that it failed; empty when it succeeded.</param>
public sealed record JobEnd(bool HasSucceeded, string Why)
{
    private const int MaxOutput = 4096;
    private const int MaxLine = 512;

    /// <summary>Null while it runs.</summary>
    public static JobEnd? Of(JsonNode job)
    {
        ArgumentNullException.ThrowIfNull(job);
        JsonNode? end = (job["status"]?["conditions"] as JsonArray ?? []).FirstOrDefault(static c => (string?)c?["type"] is "Complete" or "Failed" && (string?)c["status"] == "True");
        return end is null ? null
            : (string?)end["type"] == "Complete" ? new(true, "")
            : new(false, BoundedText.Of(string.Join(": ", ((string?[])[(string?)end["reason"], (string?)end["message"]]).Where(static t => !string.IsNullOrEmpty(t))), MaxLine));
    }

    /// <summary>Exit code of the container of a pod that ended last; null when none has ended.</summary>
    public static int? ExitCodeOf(JsonNode pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return (pod["status"]?["containerStatuses"] as JsonArray ?? [])
            .Select(static c => c?["state"]?["terminated"])
            .Where(static t => t is not null)
            .OrderByDescending(static t => (string?)t!["finishedAt"], StringComparer.Ordinal)
            .Select(static t => (int?)t!["exitCode"])
            .FirstOrDefault();
    }

    /// <summary>The end of a log as it is kept: without secrets, each line cleaned and bounded, at most 4096 characters in all; null when there is nothing.</summary>
    /// <remarks>Secrets go first, since one may reach over several lines.</remarks>
    public static string? OutputOf(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        List<string> kept = [];
        int length = 0;
        foreach (string line in Redactor.Redact(log).Split('\n').Reverse().Select(static l => BoundedText.Of(l, MaxLine)).SkipWhile(static l => l.Length == 0))
        {
            length += line.Length + 1;
            if (length > MaxOutput)
            {
                break;
            }

            kept.Insert(0, line);
        }

        return kept.Count == 0 ? null : string.Join('\n', kept);
    }
}
