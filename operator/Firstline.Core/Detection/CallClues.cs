using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds what keeps a workload from reaching what it calls.</summary>
internal static partial class CallClues
{
    public static ImmutableArray<LogClue> Of(LogView view)
    {
        if (Routed(view) is { } routed)
        {
            return [routed];
        }

        ServiceFacts? callee = Callee(view);
        WorkloadFacts? backend = callee is null ? null : view.Around.Workloads.FirstOrDefault(w => callee.Selects(w.Declared.Labels));
        return [.. Needed(view, backend), .. WrongAddress(view), .. callee is null ? AllEgress(view) : Called(view, callee, backend)];
    }

    // A proxy names its backend as [NAMESPACE-SERVICE-PORT].
    private static LogClue? Routed(LogView view) => view.Sign.Kind != LogTrouble.UpstreamFailed || !view.Sign.Line.Contains('[', StringComparison.Ordinal) ? null : (
        from ingress in view.Around.Ingresses
        from backend in ingress.Backends
        where view.Sign.Line.Contains($"[{ingress.Ref.Namespace}-{backend.Service}-{backend.Port}]", StringComparison.Ordinal)
        select view.Clue(
            LogClueKind.Route, ingress.Ref,
            $"Ingress {ingress.Ref.Name} routes path {backend.Path} to backend Service {backend.Service}, port {backend.Port}, which does not answer as it should")).FirstOrDefault();

    // The longest name that the line mentions, of those that do not serve where there are any: a line may tell of a whole chain. A workload's own Service is not what it calls.
    private static ServiceFacts? Callee(LogView view) => view.Around.Services
        .Where(s => !s.Selects(view.Survey.Labels) && (view.Mentions(s.Ref.Name) || (s.Address is { Length: > 0 } address && view.Mentions(address))))
        .OrderByDescending(s => view.Around.ReadyEndpoints(s) == 0).ThenByDescending(static s => s.Ref.Name.Length).FirstOrDefault();

    private static IEnumerable<LogClue> Needed(LogView view, WorkloadFacts? backend)
    {
        if (backend is not null && view.Sign.Kind is LogTrouble.DatabaseUnavailable or LogTrouble.TlsHandshake)
        {
            string tls = view.Sign.Kind == LogTrouble.TlsHandshake ? " without the TLS that one of them requires" : "";
            yield return view.Clue(LogClueKind.Dependency, backend!.Ref, $"{view.Subject} cannot use {backend.Ref}{tls}");
        }
    }

    private static IEnumerable<LogClue> AllEgress(LogView view) =>
        view.Blocking(null).Select(p => view.Clue(LogClueKind.PolicyOnEgress, p.Ref, $"NetworkPolicy {p.Ref.Name} lets no egress out of {view.Subject}"));

    private static IEnumerable<LogClue> Called(LogView view, ServiceFacts callee, WorkloadFacts? backend) =>
    [
        .. Cut(view, callee, backend?.Declared.Labels ?? callee.Selector),
        .. Misled(view, callee, backend),
        .. view.Around.ReadyEndpoints(callee) == 0
            ? [Silent(view, callee, backend)]
            : backend is null ? [] : Unheard(view, callee, backend),
    ];

    private static IEnumerable<LogClue> Cut(LogView view, ServiceFacts callee, IReadOnlyDictionary<string, string> labels) =>
    [
        .. view.Around.Policies
            .Where(p => p.IsolatesIngress && p.Pods.Selects(labels) && !p.Ingress.Any(r => r.Allows(view.Survey.Labels, view.Subject.Namespace ?? "", null)))
            .Select(p => view.Clue(
                LogClueKind.PolicyOnCallee, p.Ref, $"NetworkPolicy {p.Ref.Name} lets no ingress from {view.Subject} to Service {callee.Ref.Name}")),
        .. view.Blocking(null).Select(p => view.Clue(
            LogClueKind.PolicyOnCaller, p.Ref, $"NetworkPolicy {p.Ref.Name} lets no egress out of {view.Subject}, which calls Service {callee.Ref.Name}")),
    ];

    private static IEnumerable<LogClue> Misled(LogView view, ServiceFacts callee, WorkloadFacts? backend)
    {
        ImmutableArray<string> nodes = [.. view.Around.Endpoints.Where(e => e.Service == callee.Ref.Name).SelectMany(static e => e.Nodes)];
        if (callee.IsLocalInside && view.Survey.Node is { } node && !nodes.Contains(node))
        {
            yield return view.Clue(
                LogClueKind.LocalService, callee.Ref,
                $"Service {callee.Ref.Name} has internalTrafficPolicy Local and no endpoint on node {node} (only on {string.Join(", ", nodes)}), so that {view.Subject} there cannot reach it");
        }

        if (backend is not null && ServicePortDetector.Mismatch(callee, backend.Declared) is { } mismatch)
        {
            yield return view.Clue(LogClueKind.WrongTargetPort, callee.Ref, $"{mismatch}, and {view.Subject} fails to reach it");
        }
    }

    // No endpoint: of pods that are not ready it is the workload's trouble.
    private static LogClue Silent(LogView view, ServiceFacts callee, WorkloadFacts? backend) => backend is { ReadyPods: 0 }
        ? view.Clue(LogClueKind.DownBackend, backend.Ref, $"{backend.Ref} has no ready pod, and {view.Subject} calls it as Service {callee.Ref.Name}")
        : view.Clue(LogClueKind.EmptyService, callee.Ref, $"Service {callee.Ref.Name} has no ready endpoint, and {view.Subject} calls it");

    // Its pods are ready, and it takes no connection. What cannot be used at all is named already.
    private static IEnumerable<LogClue> Unheard(LogView view, ServiceFacts callee, WorkloadFacts backend)
    {
        string? other = backend.Declared.Containers.Where(static c => !c.IsInit).Select(static c => c.Command.FirstOrDefault()?.Split('/')[^1]).OfType<string>()
            .FirstOrDefault(command => command != backend.Ref.Name && view.Around.Workloads.Any(w => w.Ref.Name == command));
        if (other is not null && view.Sign.Kind is not (LogTrouble.DatabaseUnavailable or LogTrouble.TlsHandshake))
        {
            yield return view.Clue(
                LogClueKind.OtherCommand, backend.Ref,
                $"{backend.Ref} runs the command {other}, which is that of another workload, so that nothing listens where Service {callee.Ref.Name} leads");
        }

        if (view.Sign.Kind == LogTrouble.ConnectionRefused)
        {
            yield return view.Clue(LogClueKind.RefusingBackend, backend.Ref, $"{backend.Ref} takes no connection although its pods are ready, and {view.Subject} depends on it");
        }
    }

    // A variable that names a Service by a port that it does not have.
    private static IEnumerable<LogClue> WrongAddress(LogView view) =>
        from container in view.Declared?.Containers ?? []
        from variable in container.Variables
        from Match address in Address().Matches(variable.Value)
        let service = view.Around.Services.FirstOrDefault(s => s.Ref.Name == address.Groups["host"].Value.Split('.')[0])
        where service is not null
        let port = int.Parse(address.Groups["port"].Value, CultureInfo.InvariantCulture)
        where !service.Ports.IsEmpty && service.Ports.All(p => p.Port != port)
        let ports = string.Join(", ", service.Ports.Select(static p => p.Port))
        select view.Clue(
            view.Sign.Port == port ? LogClueKind.WrongAddress : LogClueKind.OtherAddress, view.Subject,
            $"variable {variable.Key} of {view.Subject} is {variable.Value}, but Service {service.Ref.Name} has port {ports} and not port {port}");

    [GeneratedRegex(@"(?<![\w.-])(?<host>[a-z][a-z0-9.-]{0,200}):(?<port>\d{2,5})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
