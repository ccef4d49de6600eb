using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What the next step of a container depends on beside its own state.</summary>
internal sealed record ContainerContext(PodPlan Pod, ContainerPlan Plan, string PodIp, ContentView Contents, KubeletTiming Timing, DateTimeOffset Now)
{
    public KubeletEvent Normal(string reason, string message) => new("Normal", reason, message, FieldPath);

    public KubeletEvent Warning(string reason, string message) => new("Warning", reason, message, FieldPath);

    /// <summary>The facts now, for a container that has started.</summary>
    public ContainerFacts Facts(ContainerState state) =>
        Environment.Facts(Plan, state.StartFacts, Environment.Resolve(Plan, Pod.Key.Namespace, Contents).Variables, Contents);

    private string FieldPath => $"spec.{(Plan.IsInit ? "initContainers" : "containers")}{{{Plan.Name}}}";
}
