using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using Firstline.Kube;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Detection;

/// <summary>Turns findings and signals into Incidents.</summary>
/// <remarks>
/// <para>One incident per target: a report joins the open incident on the root of its target (one that a human created included), or opens one named by
/// <see cref="IncidentNames"/>. The name makes creation idempotent: two replicas, or a retry after a crash, create the same object. An incident that is over is
/// never opened again: the next one gets the next generation's name.</para>
/// <para>A signal that an incident holds already goes to that incident, whatever became of the object that it names: a pod that crashed is replaced and a Job that
/// failed is deleted long before their alerts end, and nothing leads from an object that is gone to its root.</para>
/// <para>The Incident lives in its target's namespace; those on cluster-scoped objects in the operator's own, and so does the one on a namespace that is being deleted,
/// which takes no new objects: what is reported of objects in it is about that namespace. A signal that names no object opens none: it is
/// logged, for a person to add the labels.</para>
/// <para>An operator that watches some namespaces alone opens incidents in those alone.</para>
/// <para>Status is merged on what the API server holds at that moment, never on the cache (see <see cref="IncidentSignals"/>).</para>
/// </remarks>
public sealed partial class IncidentIntake(
    IncidentCache incidents, RootFinder roots, IKubeClient client, IncidentSignals signals, DetectionEvents events, OperatorOptions options,
    ILogger<IncidentIntake> log) : IIncidentIntake
{
    // Far more incidents than one target ever has; whoever deletes old ones starts the count anew.
    private const int MaxGenerations = 10_000;

    private const int MaxAttempts = 8;

    // A fixed number, so that no target leaves anything behind; two targets that share one only wait for each other.
    private readonly ImmutableArray<SemaphoreSlim> _gates = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public Task<IntakeOutcome> ReportAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report switch
        {
            IncidentReport.FromDetector(var finding, var resolved) => TakeAsync(finding.Target, NewsOf(finding, resolved), cancellationToken),
            IncidentReport.FromOutside(var signal) => TakeAsync(signal.Target, NewsOf(signal), cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static SignalNews NewsOf(Finding finding, DateTimeOffset? resolved) => new()
    {
        Fingerprint = finding.Fingerprint, Source = IncidentSource.Detector, Name = finding.Detector, Summary = finding.Summary, Since = finding.Since, ResolvedAt = resolved,
    };

    private static SignalNews NewsOf(Signal signal) => new()
    {
        Fingerprint = signal.Fingerprint, Source = signal.Source, Name = signal.Name, Summary = signal.Summary, Since = signal.StartsAt,
        ResolvedAt = signal.State == SignalState.Resolved ? signal.EndsAt ?? signal.StartsAt : null, CauseHint = signal.CauseHint, Category = signal.Category,
    };

    // One report at a time per target; another replica that reports the same is met by the API server's conflict on the name.
    private async Task<IntakeOutcome> TakeAsync(TargetRef? named, SignalNews news, CancellationToken ct)
    {
        if (TargetOf(news.Fingerprint, named) is not { } target)
        {
            LogNoTarget(news.Name, news.Fingerprint);
            return IntakeOutcome.NoTarget;
        }

        string home = KeyOf(target, 1).Namespace;
        if (!options.Watches(home))
        {
            LogNotWatched(news.Name, news.Fingerprint, target, home);
            return IntakeOutcome.NotWatched;
        }

        SemaphoreSlim gate = _gates[(int)((uint)Fingerprints.Of(target).GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length)];
        await gate.WaitAsync(ct);
        try
        {
            for (int attempt = 0; attempt < MaxAttempts; attempt++)
            {
                if (await OpenAsync(target, news, ct) is not { } incident || await IsTakenAsync(incident, target, news, ct))
                {
                    return IntakeOutcome.Stored;
                }
            }

            throw new TransientException($"{MaxAttempts} incidents on {target} ended just as signal {news.Name} was to join them; it is reported later");
        }
        finally
        {
            gate.Release();
        }
    }

    // What the signal was about before wins over what its labels lead to now. Which object bears that name now is another question: it may have been made anew.
    private TargetRef? TargetOf(string fingerprint, TargetRef? named)
    {
        TargetRef? now = named is null ? null : roots.FindLasting(named);
        if ((incidents.OpenWith(fingerprint) ?? incidents.With(fingerprint).MaxBy(static i => i.Metadata.CreationTimestamp)) is not { } known)
        {
            return now;
        }

        TargetRef before = roots.FindLasting(IncidentCache.TargetOf(known)) with { Uid = null };
        if (now?.Namespace is { } home && before is { Kind: "Namespace" } && before.Name == home)
        {
            return now;   // reported while that namespace was being deleted, and there is another by its name
        }

        return before with { Uid = now is not null && before == now with { Uid = null } ? now.Uid : null };
    }

    private async Task<Incident?> OpenAsync(TargetRef target, SignalNews news, CancellationToken ct)
    {
        if ((incidents.OpenWith(news.Fingerprint) ?? incidents.OpenOn(target)) is { } cached
            && await client.FindAsync(Incident.Type, NamespacedName.Of(cached.Metadata), FirstlineJson.Incident, ct) is { } open && IncidentCache.IsOpen(open))
        {
            return open;
        }

        int generation = 1 + incidents.On(target).Select(i => IncidentNames.GenerationOf(target, i.Metadata.Name)).DefaultIfEmpty().Max();
        return news.IsFiring ? await CreateAsync(target, news, generation, ct) : await LatestAsync(target, generation, ct);
    }

    // A report that ends a signal opens nothing, but the incident may be so young that the cache does not show it yet.
    private async Task<Incident?> LatestAsync(TargetRef target, int generation, CancellationToken ct) =>
        await client.FindAsync(Incident.Type, KeyOf(target, generation), FirstlineJson.Incident, ct) is { } found && IncidentCache.IsOpen(found) ? found : null;

    private async Task<Incident> CreateAsync(TargetRef target, SignalNews news, int generation, CancellationToken ct)
    {
        for (; generation <= MaxGenerations; generation++)
        {
            NamespacedName key = KeyOf(target, generation);
            try
            {
                KubeResponse answer = await client.CreateAsync(
                    Incident.Type, key.Namespace, New(key, target, news), FirstlineJson.Incident, ct, new() { FieldManager = FieldManagers.Detection });
                Incident created = answer.Read(FirstlineJson.Incident);
                LogOpened(key, target, news.Name);
                events.Opened(created, target, news);
                return created;
            }
            catch (KubeException e) when (e.Kind == KubeErrorKind.AlreadyExists)
            {
                if (await client.FindAsync(Incident.Type, key, FirstlineJson.Incident, ct) is { } known && IncidentCache.IsOpen(known))
                {
                    return known;
                }
            }
        }

        throw new TerminalException($"{target} has had {MaxGenerations} incidents; delete those that are over to let new ones be opened");
    }

    // False when the incident ended meanwhile: a signal that fires then opens the next one.
    private async Task<bool> IsTakenAsync(Incident incident, TargetRef target, SignalNews news, CancellationToken ct)
    {
        SignalOutcome outcome = await signals.AddAsync(incident, news, IncidentCache.IsOpen, ct);
        if (outcome is SignalOutcome.Stored(var part))
        {
            events.Heard(incident, target, news, part.Count ?? 0);
        }

        return outcome is not SignalOutcome.NotTaken;
    }

    private NamespacedName KeyOf(TargetRef target, int generation) => new(
        target.Kind == "Namespace" && !roots.IsEnding(target.Name) ? target.Name : target.Namespace ?? options.Namespace, IncidentNames.For(target, generation));

    private static Incident New(NamespacedName key, TargetRef target, SignalNews news) => new()
    {
        Metadata = new() { Name = key.Name, Namespace = key.Namespace },
        Spec = new()
        {
            Source = news.Source, Signal = news.Name, Fingerprint = Fingerprints.Of(target), Target = target, Summary = news.Summary,
        },
    };

    [LoggerMessage(2001, LogLevel.Information, "{Incident}: opened for {Target} by signal {Signal}")]
    private partial void LogOpened(NamespacedName incident, TargetRef target, string signal);

    [LoggerMessage(2002, LogLevel.Warning, "Signal {Signal} ({Fingerprint}) names no object and opens no incident: give its rule the labels namespace and deployment, statefulset, daemonset, cronjob, job_name, pod or configmap, or the label node")]
    private partial void LogNoTarget(string signal, string fingerprint);

    [LoggerMessage(2003, LogLevel.Warning, "Signal {Signal} ({Fingerprint}) opens no incident: one on {Target} would be in namespace {Namespace}, which this operator does not watch (option namespaces)")]
    private partial void LogNotWatched(string signal, string fingerprint, TargetRef target, string @namespace);
}
