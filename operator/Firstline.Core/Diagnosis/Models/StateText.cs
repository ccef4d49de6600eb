using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Says in a line how an object is.</summary>
internal static class StateText
{
    /// <summary>Kinds that <see cref="Of(Situation, string)"/> lists.</summary>
    public static readonly ImmutableArray<string> Kinds =
        ["Workload", "Pod", "Service", "Ingress", "NetworkPolicy", "PersistentVolumeClaim", "HorizontalPodAutoscaler", "PodDisruptionBudget", "ConfigMap", "Job", "Revision", "Node"];

    /// <summary>Name and state of each object of that kind around a target.</summary>
    public static IEnumerable<string> Of(Situation s, string kind) => kind switch
    {
        "Workload" => s.Around.Workloads.Select(static w => Named(w.Ref, Of(w))),
        "Pod" => s.Pods.Select(static p => Named(p.Ref, Of(p))),
        "Service" => s.Around.Services.Select(x => Named(x.Ref, Of(x, s.Around))),
        "Ingress" => s.Around.Ingresses.Where(i => i.Ref.Namespace == s.Subject.Namespace).Select(static i => Named(i.Ref, Of(i))),
        "NetworkPolicy" => s.Around.Policies.Select(static p => Named(p.Ref, Of(p))),
        "PersistentVolumeClaim" => s.Around.Claims.Select(static c => Named(c.Ref, Of(c))),
        "HorizontalPodAutoscaler" => s.Around.Autoscalers.Select(static a => Named(a.Ref, Of(a))),
        "PodDisruptionBudget" => s.Around.Budgets.Select(static b => Named(b.Ref, Of(b))),
        "ConfigMap" => s.ConfigMaps.Select(static c => Named(c.Ref, Of(c))),
        "Job" => s.Jobs.Select(static j => Named(j.Ref, Of(j))),
        "Revision" => s.Revisions.Select(static r => Named(r.Ref, Of(r))),
        "Node" => NodesOf(s).Select(static n => Named(n.Ref, Of(n))),
        _ => [],
    };

    /// <summary>State of the subject.</summary>
    public static string Of(Situation s) => s switch
    {
        { Workload: { } workload } => Of(workload),
        { CronJob: { } cron } => Text($"schedule {cron.Schedule}{(cron.Suspended ? ", suspended" : "")}; {Counted.Of(s.Jobs.Length, "Job")} kept"),
        { Service: { } service } => Of(service, s.Around),
        { Ingress: { } ingress } => Of(ingress),
        { Claim: { } claim } => Of(claim),
        { Autoscaler: { } scaler } => Of(scaler),
        { Budget: { } budget } => Of(budget),
        { Node: { } node } => Of(node),
        { Subject.Kind: "Job", Jobs: [{ } job] } => Of(job),
        { Subject.Kind: "Pod", Pods: [{ } pod] } => Of(pod),
        { Subject.Kind: "ConfigMap", ConfigMaps: [{ } config] } => Of(config),
        _ => s.Pods.IsEmpty ? "it exists" : Text($"{s.Pods.Count(static p => p.IsReady)} of {Counted.Of(s.Pods.Length, "pod")} ready"),
    };

    /// <summary>Nodes that pods of the subject run on.</summary>
    public static IEnumerable<NodeFacts> NodesOf(Situation s) => s.Around.Nodes.Where(n => s.Pods.Any(p => p.NodeName == n.Ref.Name));

    private static string Named(TargetRef target, string state) => $"{target}: {state}";

    private static string Of(WorkloadFacts w) => Text($"{w.ReadyPods} of {w.DesiredPods} pods ready, {w.UpdatedPods} updated{(w.Paused ? ", paused" : "")}");

    private static string Of(PodFacts p) =>
        $"{p.Phase}{(p.IsReady ? ", ready" : ", not ready")}{(p.Reason is { } reason ? $", {reason}" : "")}; {string.Join("; ", p.Containers.Select(static c => $"{c.Name} {ContainerText.Describe(c)}"))}";

    private static string Of(ServiceFacts s, Surroundings around) =>
        Text($"type {s.Type}, {Counted.Of(around.ReadyEndpoints(s), "ready endpoint")}, selects {string.Join(",", s.Selector.Select(static l => $"{l.Key}={l.Value}"))}");

    private static string Of(IngressFacts i) => $"class {i.Class ?? "none"}, {Counted.Of(i.Backends.Length, "backend")}: {string.Join(", ", i.Backends.Select(static b => b.ToString()))}";

    private static string Of(PolicyFacts p) => $"isolates {(p.IsolatesIngress ? "ingress" : "")}{(p.IsolatesEgress ? " egress" : "")} of pods {p.Pods}";

    private static string Of(ClaimFacts c) => $"{c.Phase}, class {c.StorageClass ?? "none"}, requested {c.Requested}, capacity {c.Capacity ?? "none"}";

    private static string Of(AutoscalerFacts a) => Text($"scales {a.Scales}, {a.Current} pods between {a.Least} and {a.Most}; {Unmet(a.Conditions)}");

    private static string Of(BudgetFacts b) => Text($"{b.Healthy} healthy of {b.Expected}, {b.Desired} needed, {b.Allowed} may be disrupted");

    // Of a ConfigMap the keys alone: values may be what the redaction can't recognise.
    private static string Of(ConfigMapFacts c) => $"keys {string.Join(", ", c.Data.Keys)}{(c.ChangedAt is { } at ? $"; changed {at.UtcDateTime:yyyy-MM-ddTHH:mmZ} by {c.ChangedBy}" : "")}";

    private static string Of(JobFacts j) => Text($"{j.Active} active, {j.Succeeded} succeeded, {j.Failed} failed{(j.Suspended ? ", suspended" : "")}; {Unmet(j.Conditions)}");

    private static string Of(RevisionFacts r) => Text($"revision {r.Number}, made {r.CreatedAt.UtcDateTime:yyyy-MM-ddTHH:mmZ}, {r.ReadyPods} of {r.DesiredPods} pods ready");

    private static string Of(NodeFacts n) => $"{(n.IsReady ? "ready" : "not ready")}{(n.IsCordoned ? ", cordoned" : "")}{(n.Trouble is { } t ? $", {t.Type}={t.Status}: {t.Reason}" : "")}";

    private static string Unmet(ImmutableArray<ConditionFacts> conditions) => string.Join(", ", conditions.Select(static c => $"{c.Type}={c.Status} {c.Reason}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
