using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>What the subject depends on, and what decides about its pods, as its template, its logs and the objects around it tell.</summary>
internal sealed class Dependencies
{
    private readonly Situation situation;
    private readonly ImmutableSortedDictionary<string, string> labels;
    private readonly ImmutableHashSet<string> nodes;
    private readonly ImmutableArray<ServiceFacts> named;
    private readonly ImmutableHashSet<string> behind;

    public Dependencies(Situation situation)
    {
        this.situation = situation;
        PodDeclaration declared = situation.Workload?.Declared ?? situation.PodDeclared;
        labels = declared.Labels.IsEmpty && situation.Pods is [{ } pod, ..] ? pod.Labels : declared.Labels;
        nodes = [.. situation.Pods.Select(static p => p.NodeName).OfType<string>()];
        ImmutableArray<ServiceFacts> others = [.. situation.Around.Services.Where(s => !LeadsHere(s))];
        Called = Of(others, Texts(declared));
        named = Of(others, situation.Logs.SelectMany(static l => l.Lines).Concat(situation.Events.Select(static e => e.Message)));
        Leading = [.. situation.Around.Services.Where(LeadsHere)];
        behind = [.. Leading.Select(static s => s.Ref.Name)];
        Claims = [.. declared.Claims];
    }

    /// <summary>Services that a variable or an argument of the pods names.</summary>
    public ImmutableArray<ServiceFacts> Called { get; }

    /// <summary>Services that lead to the subject's pods.</summary>
    public ImmutableArray<ServiceFacts> Leading { get; }

    /// <summary>Claims that the pods mount.</summary>
    public ImmutableHashSet<string> Claims { get; }

    /// <summary>True for a Service that leads to the subject's pods.</summary>
    public bool LeadsHere(ServiceFacts service) => service.Selects(labels);

    /// <summary>How a Service that does not lead to the subject is related to it: a log line or an Event, or a variable or an argument, holds its name as that of a host; null for neither.</summary>
    public ChangeRelation? Of(ServiceFacts service) => named.Contains(service) ? ChangeRelation.Named : Called.Contains(service) ? ChangeRelation.Called : null;

    /// <summary>True for an Ingress that leads to the subject.</summary>
    public bool LeadsHere(IngressFacts ingress) => ingress.Ref.Namespace == situation.Subject.Namespace && ingress.Backends.Any(b => behind.Contains(b.Service));

    /// <summary>True for a selector of the subject's pods.</summary>
    public bool IsSelected(LabelSelectorFacts selector) => !labels.IsEmpty && selector.Selects(labels);

    /// <summary>True for a node on which a pod of the subject runs.</summary>
    public bool RunsOn(NodeFacts node) => nodes.Contains(node.Ref.Name);

    /// <summary>True for another workload of whose pods a variable or an argument names a Service that leads to the subject.</summary>
    public bool IsCalledBy(WorkloadFacts other) => other.Ref.Uid != situation.Subject.Uid && !Of(Leading, Texts(other.Declared)).IsEmpty;

    /// <summary>How another workload is related to the subject.</summary>
    public ChangeRelation Of(TargetRef workload)
    {
        if (situation.Around.Workloads.FirstOrDefault(w => w.Ref.Uid == workload.Uid) is not { } other)
        {
            return ChangeRelation.Neighbour;
        }

        return named.Any(s => s.Selects(other.Declared.Labels)) ? ChangeRelation.Named : Called.Any(s => s.Selects(other.Declared.Labels)) ? ChangeRelation.Called : ChangeRelation.Neighbour;
    }

    private static IEnumerable<string> Texts(PodDeclaration pods) => pods.Containers.SelectMany(static c => c.Variables.Select(static v => v.Value).Concat(c.Command));

    private static ImmutableArray<ServiceFacts> Of(ImmutableArray<ServiceFacts> services, IEnumerable<string> texts)
    {
        ImmutableArray<string> all = [.. texts];
        return [.. services.Where(s => all.Any(t => Names(t, s.Ref.Name)))];
    }

    // A name of a host stands alone or begins a longer one: http://billing:8080, billing.shop.svc, lookup billing on 10.0.0.10.
    private static bool Names(string text, string name)
    {
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            bool begins = at == 0 || text[at - 1] is '/' or '@' or ' ' or '"' or '\'' or '=' or ',' or '(';
            bool ends = end == text.Length || text[end] is ':' or '.' or '/' or ' ' or '"' or '\'' or ',' or ')';
            if (begins && ends && !IsPath(text, at))
            {
                return true;
            }
        }

        return false;
    }

    // registry/web:1 and /etc/web/ are no hosts: a host comes after // or after nothing.
    private static bool IsPath(string text, int at) => at > 0 && text[at - 1] == '/' && (at < 2 || text[at - 2] != '/');
}
