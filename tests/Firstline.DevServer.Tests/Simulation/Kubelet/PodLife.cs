using System.Collections.Immutable;
using System.Text.Json;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Faults;
using Firstline.DevServer.Simulation.Kubelet;

namespace Firstline.DevServer.Tests.Simulation.Kubelet;

/// <summary>Lives a pod's life without a clock: from one moment at which something happens to the next.</summary>
internal sealed class PodLife
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly KubeletTiming RealTime = new(1);

    private readonly Dictionary<(ContentKind, string), ImmutableDictionary<string, string>> _contents = [];
    private DateTimeOffset? _wake = Start;

    public PodLife(string spec, params (string Key, string Value)[] faults)
        : this(spec, false, faults)
    {
    }

    public PodLife(string spec, bool replacesHungPod, params (string Key, string Value)[] faults)
    {
        string annotations = string.Join(",", faults.Select(f => $"'{(f.Key.Contains('/') ? f.Key : "sim.firstline.dev/" + f.Key)}':'{f.Value}'"));
        Pod = Json.Object($"{{'metadata':{{'name':'web-1','namespace':'shop','uid':'u1','annotations':{{{annotations}}}}},'spec':{spec}}}");
        Plan = PodPlanReader.Read(Pod, replacesHungPod);
        State = PodMachine.Begin(Plan, "10.244.1.2", Start);
    }

    public KubeObject Pod { get; }

    public PodPlan Plan { get; private set; }

    public PodState State { get; private set; }

    public DateTimeOffset Now { get; private set; } = Start;

    public List<KubeletEvent> Events { get; } = [];

    public ContainerState App => State.Containers[0];

    public ContainerPhase.Waiting? Waiting => App.Phase as ContainerPhase.Waiting;

    public JsonElement Status => JsonElement.Parse(PodStatusWriter.Write(Pod, Plan, State, "172.18.0.2", Now).ToJsonString());

    public IEnumerable<string> Messages(string reason) => Events.Where(e => e.Reason == reason).Select(e => e.Message);

    /// <summary>Sets a key of a ConfigMap; the pod looks again at once, as the watch makes it.</summary>
    public void SetConfig(string name, string key, string value)
    {
        ImmutableDictionary<string, string> data = _contents.GetValueOrDefault((ContentKind.ConfigMap, name)) ?? ImmutableDictionary<string, string>.Empty;
        _contents[(ContentKind.ConfigMap, name)] = data.SetItem(key, value);
        _wake = Now;
    }

    public void Delete(int graceSeconds)
    {
        Plan = Plan with { Deletion = TimeSpan.FromSeconds(graceSeconds) };
        _wake = Now;
    }

    public void SetImage(string image)
    {
        Plan = Plan with { Containers = [Plan.Containers[0] with { Image = image }] };
        _wake = Now;
    }

    /// <summary>Lets the time pass; every moment the machine asked for is visited.</summary>
    public PodLife Run(int seconds)
    {
        DateTimeOffset end = Now.AddSeconds(seconds);
        while (_wake is { } wake && wake <= end)
        {
            Now = wake > Now ? wake : Now;
            Advance<PodState> next = PodMachine.Run(Plan, State, new ContentView(_contents.ToImmutableDictionary()), RealTime, Now);
            State = next.State;
            Events.AddRange(next.Events);
            _wake = next.WakeAt > Now ? next.WakeAt : null;
        }

        Now = end;
        return this;
    }
}
