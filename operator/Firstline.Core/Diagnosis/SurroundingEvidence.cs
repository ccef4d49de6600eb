using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What lies around the subject as evidence: where its pods are, what they need, what leads to them, their nodes, and the limits of their namespace.</summary>
internal static class SurroundingEvidence
{
    private const int MaxNames = 6;
    private const int MaxNodes = 2;
    private const int MaxLimits = 3;

    /// <summary>The observations, at most ten.</summary>
    public static IEnumerable<Observation> Of(Situation situation, Dependencies depends, DateTimeOffset now) =>
        [.. Pods(situation, now), .. Needs(situation, depends, now), .. Callers(situation, depends, now), .. Nodes(situation, depends, now), .. Limits(situation, now)];

    private static IEnumerable<Observation> Pods(Situation situation, DateTimeOffset now)
    {
        ImmutableArray<PodFacts> pods = [.. situation.WantedPods];
        ImmutableArray<ContainerFacts> containers = [.. pods.SelectMany(static p => p.Containers)];
        string where = Listed(pods.GroupBy(static p => p.NodeName ?? "no node").OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} on {g.Key}")));
        int run = containers.Count(RuledOutChecks.HasStarted), killed = containers.Count(RuledOutChecks.WasKilledAtTheLimit);
        return pods.IsEmpty ? [] :
        [
            new(
                "pods", EvidenceKind.Status, $"Pods of {situation.Subject}", now,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Of(pods.Length, "pod")}: {where}; {run} of {Counted.Of(containers.Length, "container")} {Counted.Noun(run, "has", "have")} run, {killed} killed at {Counted.Noun(killed, "its", "their")} memory limit, {Counted.Of(containers.Sum(static c => c.RestartCount), "restart")}")),
        ];
    }

    private static IEnumerable<Observation> Needs(Situation situation, Dependencies depends, DateTimeOffset now)
    {
        PodDeclaration declared = situation.Workload?.Declared ?? situation.PodDeclared;
        ImmutableArray<ConfigReference> read = [.. situation.Pods.SelectMany(static p => p.Containers).SelectMany(static c => c.ConfigReferences).Concat(declared.Containers.SelectMany(static c => c.References))];
        string text = Joined(
            ("reads", read.Select(r => $"{r.Kind} {r.Name}{Missing(situation, r)}").Distinct().Order(StringComparer.Ordinal)),
            ("mounts claim", depends.Claims.Order(StringComparer.Ordinal).Select(c => $"{c} ({situation.Around.Claims.FirstOrDefault(f => f.Ref.Name == c)?.Phase ?? "not there"})")),
            ("runs as ServiceAccount", declared.ServiceAccount.Length > 0 ? [declared.ServiceAccount] : []),
            ("calls Service", depends.Called.Select(s => Endpoints(situation, s))));
        return text.Length == 0 ? [] : [new("needs", EvidenceKind.Dependency, $"{situation.Subject} spec", now, text) { Of = situation.Workload?.Ref ?? situation.Subject }];
    }

    private static IEnumerable<Observation> Callers(Situation situation, Dependencies depends, DateTimeOffset now)
    {
        string ns = situation.Subject.Namespace ?? "";
        string text = Joined(
            ("led to by Service", depends.Leading.Select(s => Endpoints(situation, s))),
            ("by Ingress", situation.Around.Ingresses.Where(i => i.Ref.Namespace == situation.Subject.Namespace && depends.LeadsHere(i)).Select(static i => i.Ref.Name)),
            ("called by", depends.Leading.IsEmpty ? [] : situation.Around.Workloads.Where(depends.IsCalledBy).Select(static w => $"{w.Ref}")),
            ("callers are let in by NetworkPolicy", situation.Around.Policies.Where(p => p.IsolatesIngress && depends.IsSelected(p.Pods)).Select(p => $"{p.Ref.Name} ({Allowed(situation, p, ns)})")));
        return text.Length == 0 ? [] : [new("callers", EvidenceKind.Dependency, $"what leads to {situation.Subject}", now, text)];
    }

    private static IEnumerable<Observation> Nodes(Situation situation, Dependencies depends, DateTimeOffset now)
    {
        bool waits = situation.WantedPods.Any(static p => p.NodeName is null);
        ImmutableArray<NodeFacts> all = situation.Around.Nodes;
        return
        [
            .. (situation.Node is { } own ? [own] : all.Where(depends.RunsOn)).OrderBy(static n => n.Trouble is null && !n.IsCordoned).ThenBy(static n => n.Ref.Name, StringComparer.Ordinal).Take(MaxNodes)
                .Select(n => new Observation($"node/{n.Ref.Name}", EvidenceKind.Status, $"{n.Ref} status.conditions", n.Trouble?.Since ?? now, Text(n)) { Of = n.Ref }),
            .. !waits || all.IsEmpty ? Array.Empty<Observation>() :
            [
                new(
                    "nodes", EvidenceKind.Status, "Nodes of the cluster", now,
                    string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(all.Length, "node")}, {all.Count(static n => n.IsReady)} ready{Part("cordoned", all.Where(static n => n.IsCordoned).Select(static n => n.Ref.Name))}{Part("taints", all.SelectMany(static n => n.Taints).Select(static t => t.ToString()).Distinct().Order(StringComparer.Ordinal))}")),
            ],
        ];
    }

    private static IEnumerable<Observation> Limits(Situation situation, DateTimeOffset now) =>
    [
        .. (situation.Quotas ?? []).Take(MaxLimits).Select(q => new Observation(
            $"quota/{q.Ref.Name}", EvidenceKind.Status, $"{q.Ref} status", now, Listed(q.Hard.Select(h => $"{h.Key} {q.Used.GetValueOrDefault(h.Key, "0")} of {h.Value}"), 2 * MaxNames)) { Of = q.Ref, ResourceVersion = q.ResourceVersion }),
        .. (situation.LimitRanges ?? []).Take(MaxLimits).Select(l => new Observation($"limits/{l.Ref.Name}", EvidenceKind.Spec, $"{l.Ref} spec", now, Listed(l.Limits)) { Of = l.Ref, ResourceVersion = l.ResourceVersion }),
    ];

    private static string Text(NodeFacts node)
    {
        string state = node.Trouble is { } trouble ? $"{trouble.Type} is {trouble.Status} ({trouble.Reason})" : "ready, under no pressure";
        return $"{state}{(node.IsCordoned ? ", cordoned" : "")}{Part("taints", node.Taints.Select(static t => t.ToString()))}";
    }

    private static string Missing(Situation situation, ConfigReference read)
    {
        bool isMissing = read.Kind == "ConfigMap"
            ? situation.ConfigMaps.All(c => c.Ref.Name != read.Name)
            : situation.Around.Secrets is { } secrets && secrets.All(s => s.Ref.Name != read.Name);
        return isMissing ? " (not there)" : "";
    }

    private static string Endpoints(Situation situation, ServiceFacts service) =>
        string.Create(CultureInfo.InvariantCulture, $"{service.Ref.Name} ({Counted.Of(situation.Around.ReadyEndpoints(service), "ready endpoint")})");

    private static string Allowed(Situation situation, PolicyFacts policy, string ns) =>
        Listed(situation.Around.Workloads.Where(w => w.Ref.Uid != situation.Subject.Uid && policy.Ingress.Any(r => r.Allows(w.Declared.Labels, ns, null))).Select(static w => $"{w.Ref}")) is { Length: > 0 } names
            ? names : "no workload of its namespace";

    private static string Joined(params ReadOnlySpan<(string What, IEnumerable<string> Names)> parts)
    {
        List<string> said = [];
        foreach ((string what, IEnumerable<string> names) in parts)
        {
            if (Listed(names) is { Length: > 0 } text)
            {
                said.Add($"{what} {text}");
            }
        }

        return string.Join("; ", said);
    }

    private static string Part(string what, IEnumerable<string> names) => Listed(names) is { Length: > 0 } text ? $"; {what}: {text}" : "";

    private static string Listed(IEnumerable<string> names, int most = MaxNames)
    {
        ImmutableArray<string> all = [.. names];
        return $"{string.Join(", ", all.Take(most))}{(all.Length > most ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - most} more") : "")}";
    }
}
