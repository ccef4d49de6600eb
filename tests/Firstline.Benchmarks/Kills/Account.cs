using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Benchmarks.Kills;

/// <summary>What the server holds of one broken Deployment in the end, against what one incident and one action leave behind.</summary>
/// <param name="Round">The round that broke it.</param>
/// <param name="Incidents">Its incidents, those that were ever seen.</param>
/// <param name="Requests">The remediation requests for it, those that were ever seen.</param>
/// <param name="Patches">How often the executor changed it.</param>
/// <param name="Generation">1 applied, 2 broken, 3 undone.</param>
/// <param name="Revision">Of its rollouts, counted by the Deployment controller: 1 applied, 2 broken, 3 undone.</param>
/// <param name="Mark">Which step of which request it says it was changed by; empty when by none.</param>
internal sealed record Account(
    Round Round, ImmutableArray<Incident> Incidents, ImmutableArray<RemediationRequest> Requests, int Patches, long Generation, string Revision, string Mark)
{
    /// <summary>True when it was changed more often than by the one action that was planned.</summary>
    public bool IsDoubled => Patches > 1 || Generation > 3 || Requests.Length > 1;

    /// <summary>True when nobody is told of it any more: no incident, or one that stands still.</summary>
    public bool IsLost => Incidents.IsEmpty || Incidents.Any(static i => i.Status is not { Stage: "Resolved" or "Escalated" });

    /// <summary>One sentence each.</summary>
    public IEnumerable<string> Wrongs
    {
        get
        {
            string where = $"round {Round.Number} ({Round.Workload}, killed at: {Round.Point.Name})";
            if (IsLost)
            {
                yield return $"{where}: incident lost, {Told(Incidents.Select(static i => $"{i.Metadata.Name} {i.Status?.Stage}: {i.Status?.NextStep}"))}";
            }

            if (Incidents.Length > 1)
            {
                yield return $"{where}: {Incidents.Length} incidents, {Told(Incidents.Select(static i => i.Metadata.Name))}";
            }

            if (IsDoubled)
            {
                yield return $"{where}: double action, {Patches} patches, generation {Generation}, requests {Told(Requests.Select(static r => $"{r.Metadata.Name} {r.Status?.Outcome}"))}";
            }

            if (Is("Resolved") && (Patches, Generation, Revision) != (1, 3, "3"))
            {
                yield return $"{where}: resolved after {Patches} patches at generation {Generation}, revision {Revision}, where one, 3 and 3 are right";
            }

            if (Requests.FirstOrDefault(r => r.Status?.Outcome is null || (Patches > 0 && !Mark.StartsWith(r.Metadata.Uid!, StringComparison.Ordinal))) is { } open)
            {
                yield return $"{where}: request {open.Metadata.Name} is at {open.Status?.Stage} ({open.Status?.NextStep}), the mark on the Deployment is '{Mark}'";
            }
        }
    }

    public bool Is(string stage) => Incidents is [{ Status: { } status }] && status.Stage == stage;

    private static string Told(IEnumerable<string> things) => string.Join("; ", things.DefaultIfEmpty("none"));
}
