using System.Collections.Immutable;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Diagnosis;

/// <summary>Reads what only a diagnosis needs, when it needs it: Events, the end of logs, and what limits the pods of a namespace. Bounded, and never cached.</summary>
/// <remarks>What cannot be read is left out and logged: a diagnosis without a log is better than none.</remarks>
public sealed partial class DiagnosticReader(IKubeClient client, TrafficReader traffic, ILogger<DiagnosticReader> log)
{
    private const int MaxSubjects = 6;
    private const int MaxEvents = 40;
    private const int MaxLogs = 3;
    private const int TailLines = 1000;
    private const int LastLines = 60;
    private const int LimitBytes = 256 * 1024;
    private readonly ILogger _log = log;

    /// <summary>The situation with Events and logs.</summary>
    public async Task<Situation> CompleteAsync(Situation situation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Exists)
        {
            return situation;
        }

        ImmutableArray<PodFacts> troubled = [.. situation.WantedPods.Where(static p => !p.IsReady).OrderBy(static p => p.Ref.Name, StringComparer.Ordinal)];
        ImmutableArray<PodFacts> looked = troubled.IsEmpty ? [.. situation.WantedPods.Where(static p => p.Phase == "Running").Take(1)] : troubled;
        Task<LogFacts?[]> logs = Task.WhenAll(Logs(looked).Select(want => LogAsync(want, ct)));
        PodDeclaration declared = looked is [{ } shown, ..] ? await DeclaredAsync(shown, ct) : PodDeclaration.None;
        Task<TrafficFacts?> requests = traffic.ReadAsync(situation, ct);
        Task<EventFacts[][]> events = Task.WhenAll(Subjects(situation, troubled, declared).Select(subject => EventsAsync(subject, ct)));
        await Task.WhenAll(logs, requests, events);
        return await WithLimitsAsync(situation with
        {
            PodDeclared = declared,
            Traffic = await requests,
            Events = [.. (await events).SelectMany(static e => e).OrderByDescending(static e => e.LastSeen).Take(MaxEvents)],
            Logs = [.. (await logs).OfType<LogFacts>()],
        }, ct);
    }

    private static IEnumerable<TargetRef> Subjects(Situation situation, ImmutableArray<PodFacts> troubled, PodDeclaration declared) =>
        ((TargetRef[])[situation.Subject])
            .Concat(situation.Revisions.Take(1).Select(static r => r.Ref))
            .Concat(situation.Jobs.Take(1).Select(static j => j.Ref))
            .Concat(troubled.Take(2).Select(static p => p.Ref))
            .Concat(situation.Around.Claims.Where(c => declared.Claims.Contains(c.Ref.Name)).Select(static c => c.Ref))
            .Concat(troubled.Skip(2).Select(static p => p.Ref))
            .Where(static t => t.Uid is { Length: > 0 })
            .DistinctBy(static t => t.Uid)
            .Take(MaxSubjects);

    // A container that waits or has just started shows in its previous run why it ended.
    private static IEnumerable<WantedLog> Logs(ImmutableArray<PodFacts> pods) =>
        (from pod in pods
         from container in pod.Containers
         where (pods.All(static p => p.IsReady) || !container.Ready) && HasRun(container)
         let run = container is { RestartCount: > 0, State: not ContainerState.Terminated } ? ContainerRun.Previous : ContainerRun.Current
         select new WantedLog(new(pod.Ref.Namespace ?? "", pod.Ref.Name), container.Name, run, container.State is ContainerState.Waiting)).Take(MaxLogs);

    private static bool HasRun(ContainerFacts container) =>
        container.RestartCount > 0 || container.State is ContainerState.Running or ContainerState.Terminated { ExitCode: not 0 };

    /// <summary>Events about an object, of any type; none when they can't be read.</summary>
    public async Task<EventFacts[]> EventsAsync(TargetRef subject, CancellationToken ct)
    {
        try
        {
            List<EventFacts> found = [];
            // Kubelets give the name of their node for its UID.
            string about = subject.Kind == "Node" ? $"involvedObject.kind=Node,involvedObject.name={subject.Name}" : $"involvedObject.uid={subject.Uid}";
            ResourceQuery query = new(BuiltinTypes.Events, subject.Namespace ?? "default", FieldSelector: about);
            await foreach (EventWire happening in client.ListAsync(query, WireJson.Default.EventWire, ct))
            {
                if (!IsOurs(happening))
                {
                    found.Add(FactsOf(happening, subject));
                }

                if (found.Count == MaxEvents)
                {
                    break;
                }
            }

            return [.. found];
        }
        catch (KubeException e)
        {
            LogUnread("events", subject, e.Message);
            return [];
        }
    }

    // What we said of an incident is no evidence of it.
    private static bool IsOurs(EventWire happening) => EventSources.Firstline == (happening.ReportingComponent is { Length: > 0 } component ? component : happening.Source?.Component);

    private static EventFacts FactsOf(EventWire happening, TargetRef subject) => new(
        subject, happening.Type ?? "", happening.Reason ?? "", happening.Message ?? "", happening.Series?.Count ?? happening.Count ?? 1, LastSeen(happening))
    {
        ResourceVersion = happening.Metadata?.ResourceVersion,
    };

    // Events of the newer API group leave lastTimestamp out and say when in eventTime or in the series.
    private static DateTimeOffset LastSeen(EventWire happening) =>
        happening.Series?.LastObservedTime ?? happening.LastTimestamp ?? happening.EventTime ?? happening.Metadata?.CreationTimestamp ?? default;

    private async Task<PodDeclaration> DeclaredAsync(PodFacts pod, CancellationToken ct)
    {
        try
        {
            return PodDeclaration.OfTemplate((await client.GetAsync(BuiltinTypes.Pods, new NamespacedName(pod.Ref.Namespace ?? "", pod.Ref.Name), ct)).Text);
        }
        catch (KubeException e)
        {
            LogUnread("its spec", pod.Ref, e.Message);
            return PodDeclaration.None;
        }
    }

    /// <summary>The end of a log; null when it can't be read.</summary>
    public Task<LogFacts?> LogAsync(PodFacts pod, ContainerFacts container, ContainerRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(container);
        return LogAsync(new WantedLog(new(pod.Ref.Namespace ?? "", pod.Ref.Name), container.Name, run, container.State is ContainerState.Waiting), ct);
    }

    private async Task<LogFacts?> LogAsync(WantedLog want, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(want, ct);
        }
        catch (KubeException e)
        {
            LogUnread($"log of container {want.Container}", new() { Kind = "Pod", Name = want.Pod.Name, Namespace = want.Pod.Namespace }, e.Message);
            return null;
        }
    }

    // While a container waits for its next start, its last run is the current one, and the runtime may have removed the one before.
    private async Task<LogFacts> ReadAsync(WantedLog want, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(want, want.Run, ct);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.BadRequest && want is { Run: ContainerRun.Previous, Waits: true })
        {
            return await ReadAsync(want, ContainerRun.Current, ct);
        }
    }

    private async Task<LogFacts> ReadAsync(WantedLog want, ContainerRun run, CancellationToken ct)
    {
        PodLogOptions options = new() { Container = want.Container, TailLines = TailLines, LimitBytes = LimitBytes, Run = run };
        string text = await client.ReadLogAsync(want.Pod, options, ct);

        // Where the lines are more bytes than are taken, their end is missing, and the end is what tells.
        bool isCut = Encoding.UTF8.GetByteCount(text) >= LimitBytes;
        text = isCut ? await client.ReadLogAsync(want.Pod, options with { TailLines = LastLines }, ct) : text;
        ImmutableArray<string> lines = text.Length == 0 ? [] : [.. text[..^(text[^1] == '\n' ? 1 : 0)].Split('\n')];
        return new(want.Pod.Name, want.Container, run == ContainerRun.Previous, lines) { IsComplete = !isCut && lines.Length < TailLines };
    }

    private readonly record struct WantedLog(NamespacedName Pod, string Container, ContainerRun Run, bool Waits);

    [LoggerMessage(2101, LogLevel.Information, "{Subject}: the diagnosis goes on without {What}: {Reason}")]
    private partial void LogUnread(string what, TargetRef subject, string reason);
}
