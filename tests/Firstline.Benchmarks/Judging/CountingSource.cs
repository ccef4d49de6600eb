using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Kube.Events;

namespace Firstline.Benchmarks.Judging;

/// <summary>Counts what is judged, how much is looked at for it, and what is found.</summary>
internal sealed class CountingSource(ISituationSource source) : ISituationSource, IIncidentIntake, IEventRecorder
{
    private int _judgements;
    private int _facts;
    private int _findings;

    public int Judgements => Volatile.Read(ref _judgements);

    public int Facts => Volatile.Read(ref _facts);

    public int Findings => Volatile.Read(ref _findings);

    public Situation? Observe(TargetRef target)
    {
        Situation? seen = source.Observe(target);
        Interlocked.Add(ref _facts, seen is null ? 0 : CountOf(seen));
        Interlocked.Increment(ref _judgements);
        return seen;
    }

    public void OnChange(Action<TargetRef> changed) => source.OnChange(changed);

    public Situation LookAround(Situation situation) => source.LookAround(situation);

    public Task<IntakeOutcome> ReportAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _findings);
        return Task.FromResult(IntakeOutcome.Stored);
    }

    public void Record(ObjectReference about, EventType type, string reason, string message)
    {
    }

    private static int CountOf(Situation s) =>
        1 + s.Pods.Length + s.BoundPods.Length + s.Jobs.Length + s.Revisions.Length + s.ConfigMaps.Length + (s.Budgets?.Length ?? 0)
        + s.Around.Services.Length + s.Around.Endpoints.Length + s.Around.Workloads.Length + s.Around.Nodes.Length;
}
