using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What a running process answers to each probe now: null for well, else the failure in the kubelet's words.</summary>
internal sealed class ProbeAnswers
{
    private readonly ContainerContext _context;
    private readonly ContainerState _state;
    private readonly ImmutableArray<Fault> _striking;
    private readonly DateTimeOffset _answersFrom;

    public ProbeAnswers(ContainerState state, ContainerPhase.Running running, ContainerFacts facts, ContainerContext context)
    {
        _context = context;
        _state = state;
        _striking = [.. context.Plan.Faults.Where(fault => fault.Strikes(facts))];
        TimeSpan slow = _striking.Select(f => f.Effect).OfType<FaultEffect.SlowStart>().Select(s => s.Time).DefaultIfEmpty(TimeSpan.Zero).Max();
        _answersFrom = running.StartedAt + context.Timing.Scale(slow);
    }

    /// <summary>What the process logs while it is not ready; empty for nothing.</summary>
    public string ReadinessLog => _striking.Where(f => f.Effect is FaultEffect.Unready).Select(f => f.Log).FirstOrDefault("");

    private bool IsStarting => _answersFrom > _context.Now;

    public string? ToStartup(ProbePlan probe) => Unanswered(probe);

    public string? ToLiveness(ProbePlan probe) =>
        Unanswered(probe) ?? Refused(probe, _striking.Select(f => f.Effect).OfType<FaultEffect.Unlive>().Select(f => (int?)f.HttpStatus).FirstOrDefault());

    public string? ToReadiness(ProbePlan probe) =>
        Unanswered(probe) ?? Refused(probe, _striking.Select(f => f.Effect).OfType<FaultEffect.Unready>().Select(f => (int?)f.HttpStatus).FirstOrDefault());

    private string? Unanswered(ProbePlan probe)
    {
        string address = $"{_context.PodIp}:{probe.Port}";
        string get = $"Get \"http://{address}{probe.Path}\": ";
        return (probe.Kind, _state.IsHung, IsStarting) switch
        {
            (_, false, false) => null,
            (ProbeKind.Http, true, _) => get + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
            (ProbeKind.Http, _, _) => get + $"dial tcp {address}: connect: connection refused",
            (ProbeKind.Tcp, true, _) => $"dial tcp {address}: i/o timeout",
            (ProbeKind.Tcp, _, _) => $"dial tcp {address}: connect: connection refused",
            (ProbeKind.Exec, true, _) => "command timed out",
            (ProbeKind.Grpc, _, _) => $"timeout: failed to connect service \"{address}\" within 1s: context deadline exceeded",
            _ => "command failed",
        };
    }

    private static string? Refused(ProbePlan probe, int? status) => (status, probe.Kind) switch
    {
        (null, _) => null,
        (_, ProbeKind.Http) => $"HTTP probe failed with statuscode: {status}",
        (_, ProbeKind.Grpc) => "service unhealthy (responded with \"NOT_SERVING\")",
        (_, ProbeKind.Tcp) => "dial tcp: connect: connection refused",
        _ => "command failed",
    };
}
