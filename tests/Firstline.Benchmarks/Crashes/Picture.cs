using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks.Crashes;

/// <summary>What the API server holds of the rounds, and what it ever held, by watches of its own.</summary>
internal sealed class Picture
{
    private static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);
    private static readonly ResourceType Pods = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);
    private static readonly ResourceType Jobs = new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced);

    private readonly ConcurrentDictionary<string, Incident> _incidents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RemediationRequest> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _approved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (Func<bool> Holds, TaskCompletionSource Seen)> _waiters = new();
    private readonly Informer<Incident> _incidentsNow;
    private readonly Informer<RemediationRequest> _requestsNow;
    private readonly Informer<WorkloadView> _workloads;
    private readonly Informer<string> _namespaces;
    private readonly Informer<FailureView> _pods;
    private readonly Informer<FailureView> _jobs;

    public Picture(SharedInformers informers)
    {
        _incidentsNow = Get(informers, FirstlineJson.Incident, Incident.Type, i => _incidents[i.Metadata.Uid!] = i);
        _requestsNow = Get(informers, FirstlineJson.RemediationRequest, RemediationRequest.Type, OnRequest);
        _workloads = informers.Get(new ResourceQuery(WorkloadView.Deployments), WorkloadView.Project);
        _namespaces = informers.Get(new ResourceQuery(Namespaces), NameOf);
        _pods = informers.Get(new ResourceQuery(Pods), FailureView.OfPod);
        _jobs = informers.Get(new ResourceQuery(Jobs), FailureView.OfJob);
        _workloads.AddHandler(_ => Look());
        _namespaces.AddHandler(_ => Look());
        _pods.AddHandler(_ => Look());
        _jobs.AddHandler(_ => Look());
    }

    /// <summary>A request waits for an approval; told once, and once more for each approval that was recorded and is not enough.</summary>
    public event Action<RemediationRequest>? Waiting;

    /// <summary>A request asks whether it helped; told once.</summary>
    public event Action<RemediationRequest>? Asking;

    /// <summary>Every incident that there ever was in a namespace, or on a node of its name, as last seen.</summary>
    public ImmutableArray<Incident> IncidentsOf(string ns) => [.. _incidents.Values.Where(i => IsOf(ns, i.Metadata, i.Spec.Target))];

    /// <summary>Every request that there ever was in a namespace, or on a node of its name, as last seen.</summary>
    public ImmutableArray<RemediationRequest> RequestsOf(string ns) => [.. _requests.Values.Where(r => IsOf(ns, r.Metadata, r.Spec.Plan.Target))];

    public bool IsHealthy(string ns, string deployment, int pods) => _workloads.Find(new(ns, deployment)) is { IsHealthy: true } seen && seen.Ready == pods;

    /// <summary>True when a container of the namespace has failed so, or a Job.</summary>
    public bool HasFailed(string ns, string sign) => _pods.List().Concat(_jobs.List()).Any(p => p.Namespace == ns && p.Signs.Contains(sign));

    public bool IsGone(string ns) => _namespaces.Find(new("", ns)) is null && _incidentsNow.List().All(i => !IsOf(ns, i.Metadata, i.Spec.Target));

    /// <summary>
    /// True when each incident of a namespace is over or in the hands of people, and knows so of its requests, which are over and free. None of the troubles ends by itself: when all incidents
    /// say so and nothing was done, it is not over.
    /// </summary>
    public bool IsOver(string ns)
    {
        ImmutableArray<Incident> incidents = [.. _incidentsNow.List().Where(i => IsOf(ns, i.Metadata, i.Spec.Target))];
        ImmutableArray<RemediationRequest> requests = [.. _requestsNow.List().Where(r => IsOf(ns, r.Metadata, r.Spec.Plan.Target))];
        return !incidents.IsEmpty
            && incidents.All(static i => i.Status is { Stage: "Resolved" or "Escalated" })
            && (incidents.Any(static i => i.Status!.Stage == "Escalated" || i.Status.Clocks?.EscalatedAt is not null)
                || requests.Any(static r => r.Status?.Outcome is RemediationOutcome.Succeeded or RemediationOutcome.Inconclusive))
            && requests.All(r => r is { Status.Outcome: { } outcome, Metadata.Finalizers.IsEmpty: true }
                && incidents.Any(i => i.Status!.Remediations.Any(s => s.Name == r.Metadata.Name && s.Outcome == outcome)));
    }

    /// <summary>Waits until something holds; it is looked at again whenever an object changes.</summary>
    /// <exception cref="TimeoutException">It did not come in time; the message says what.</exception>
    public async Task UntilAsync(string what, Func<bool> holds, TimeSpan limit)
    {
        Guid id = Guid.NewGuid();
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters[id] = (holds, seen);
        Look();
        try
        {
            await seen.Task.WaitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{what} did not happen within {limit.TotalSeconds:0} s", e);
        }
        finally
        {
            _waiters.TryRemove(id, out _);
        }
    }

    /// <summary>What stands in a namespace, one line each.</summary>
    public string TextOf(string ns) => string.Join("; ", IncidentsOf(ns).Select(static i => $"{i.Metadata.Name}: {i.Status?.Stage}, {i.Status?.NextStep}")
        .Concat(RequestsOf(ns).Select(static r => $"{r.Metadata.Name}: {r.Status?.Stage}, {r.Status?.NextStep}, finalizers {string.Join(',', r.Metadata.Finalizers)}")).DefaultIfEmpty("nothing"));

    // What is about nodes is in the operator's namespace, whichever round it belongs to.
    private static bool IsOf(string ns, ObjectMeta metadata, TargetRef target) => target.Kind == "Node" ? target.Name == ns : metadata.Namespace == ns;

    private void OnRequest(RemediationRequest request)
    {
        _requests[request.Metadata.Uid!] = request;
        if (request.Status is { Outcome: null } status && status.Gates.Any(static g => g is { Name: "Approval", Decision: GateDecision.Closed }) && _approved.TryAdd($"{request.Metadata.Uid}/{status.Approvals.Length}", true))
        {
            Waiting?.Invoke(request);
        }

        if (request.Status is { Outcome: null, Stage: "AwaitingAnswer" } && _asked.TryAdd(request.Metadata.Uid!, true))
        {
            Asking?.Invoke(request);
        }
    }

    private Informer<T> Get<T>(SharedInformers informers, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, ResourceType type, Action<T> keep)
        where T : class
    {
        Informer<T> informer = informers.Get(new ResourceQuery(type), json);
        informer.AddHandler(change =>
        {
            if (change.New is { } now)
            {
                keep(now);
            }

            Look();
        });
        return informer;
    }

    private void Look()
    {
        if (!(_incidentsNow is { HasSynced: true } && _requestsNow.HasSynced && _workloads.HasSynced && _namespaces.HasSynced && _pods.HasSynced && _jobs.HasSynced))
        {
            return;
        }

        foreach ((Func<bool> holds, TaskCompletionSource seen) in _waiters.Values)
        {
            if (holds())
            {
                seen.TrySetResult();
            }
        }
    }

    private static string NameOf(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetProperty("metadata").GetProperty("name").GetString()!;
    }
}
