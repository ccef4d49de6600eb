using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Runs the pods of a Job until enough succeeded or too many failed.</summary>
internal sealed class JobController(ControllerTools tools) : IReconciler
{
    private const string Source = "job-controller";

    public string Name => "job";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.Jobs), Trigger.Owner(tools.Cluster.Pods, Kinds.Job)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.Jobs.Get(key) is not { IsDeleting: false } job)
        {
            return null;
        }

        if (IsFinished(job))
        {
            return await CleanUpAsync(job, ct);
        }

        DateTimeOffset started = job.Status.Instant("startTime") ?? tools.Now;
        JobVerdict.Wanted wanted = Wanted(job);
        JobVerdict verdict = JobVerdict.Of(wanted, Tally(job), tools.Now - started, tools.Speed);
        TimeSpan? wait = verdict switch
        {
            JobVerdict.Run run => await RunAsync(job, run, ct),
            _ => await StopPodsAsync(job, ct),
        };
        await WriteStatusAsync(job, verdict, started, ct);
        TimeSpan? deadline = wanted.Deadline is { } limit && verdict is JobVerdict.Run ? started + limit - tools.Now : null;
        return wait is null || deadline < wait ? deadline ?? wait : wait;
    }

    public static bool IsFinished(KubeObject job) => job.IsConditionTrue("Complete") || job.IsConditionTrue("Failed");

    private static JobVerdict.Wanted Wanted(KubeObject job) => new(
        job.Spec.OptionalNumber("completions"),
        job.Spec.Number("parallelism", 1),
        job.Spec.Number("backoffLimit", 6),
        job.Spec.OptionalNumber("activeDeadlineSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        job.Spec.Flag("suspend"));

    private JobVerdict.Tally Tally(KubeObject job)
    {
        ImmutableArray<KubeObject> pods = tools.Cluster.Pods.OwnedBy(job.Uid);
        ImmutableArray<KubeObject> active = [.. pods.Where(PodFacts.IsActive)];
        ImmutableArray<KubeObject> failed = [.. pods.Where(pod => pod.Status.Text("phase") == "Failed")];
        DateTimeOffset lastFailure = failed.SelectMany(pod => pod.Status.Items("containerStatuses"))
            .Select(c => c.Instant("state", "terminated", "finishedAt"))
            .Max() ?? DateTimeOffset.MinValue;
        return new JobVerdict.Tally(
            active.Length,
            pods.Count(pod => pod.Status.Text("phase") == "Succeeded"),
            failed.Length,
            active.SelectMany(pod => pod.Status.Items("containerStatuses")).Sum(c => c.Number("restartCount")),
            tools.Now - lastFailure);
    }

    private async Task<TimeSpan?> RunAsync(KubeObject job, JobVerdict.Run run, CancellationToken ct)
    {
        ImmutableArray<KubeObject> active = [.. tools.Cluster.Pods.OwnedBy(job.Uid).Where(PodFacts.IsActive)];
        foreach (KubeObject surplus in DeletionRank.Choose(active, active.Length - run.Pods))
        {
            await DeleteAsync(job, surplus, ct);
        }

        if (active.Length < run.Pods && run.Wait > TimeSpan.Zero)
        {
            return run.Wait;
        }

        for (int i = active.Length; i < run.Pods; i++)
        {
            KubeObject created = await tools.Cluster.CreateAsync(Kinds.Pod, job.Namespace, Build(job), ct);
            tools.Normal(Kinds.Job, job, Source, "SuccessfulCreate", $"Created pod: {created.Name}");
        }

        return null;
    }

    private static JsonObject Build(KubeObject job)
    {
        JsonObject pod = Owner.Pod(Kinds.Job, job, job.Spec.At("template"));
        pod["metadata"]!["generateName"] = $"{job.Name}-";
        foreach (string prefix in new[] { "", "batch.kubernetes.io/" })
        {
            Owner.SetLabel(pod, prefix + "controller-uid", job.Uid);
            Owner.SetLabel(pod, prefix + "job-name", job.Name);
        }

        return pod;
    }

    private async Task<TimeSpan?> StopPodsAsync(KubeObject job, CancellationToken ct)
    {
        foreach (KubeObject pod in tools.Cluster.Pods.OwnedBy(job.Uid).Where(PodFacts.IsActive))
        {
            await DeleteAsync(job, pod, ct);
        }

        return null;
    }

    private async Task DeleteAsync(KubeObject job, KubeObject pod, CancellationToken ct)
    {
        await tools.Cluster.DeleteAsync(Kinds.Pod, pod, null, ct);
        tools.Normal(Kinds.Job, job, Source, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
    }

    private async Task WriteStatusAsync(KubeObject job, JobVerdict verdict, DateTimeOffset started, CancellationToken ct)
    {
        JobVerdict.Tally tally = Tally(job);
        JsonArray conditions = Conditions(job, verdict);
        JsonObject status = new()
        {
            ["active"] = tally.Active,
            ["ready"] = tools.Cluster.Pods.OwnedBy(job.Uid).Count(pod => PodFacts.IsActive(pod) && PodFacts.IsReady(pod)),
            ["succeeded"] = tally.Succeeded,
            ["failed"] = tally.Failed,
            ["startTime"] = verdict is JobVerdict.Suspend ? null : started.ToTimestamp(),
            ["conditions"] = conditions,
        };
        if (verdict is JobVerdict.Complete)
        {
            status["completionTime"] = tools.Now.ToTimestamp();
        }

        await tools.Cluster.PatchStatusAsync(Kinds.Job, job, status, ct);
        Announce(job, verdict);
    }

    private void Announce(KubeObject job, JobVerdict verdict)
    {
        switch (verdict)
        {
            case JobVerdict.Complete:
                tools.Normal(Kinds.Job, job, Source, "Completed", "Job completed");
                break;
            case JobVerdict.Fail fail:
                tools.Warning(Kinds.Job, job, Source, fail.Reason, fail.Message);
                break;
            case JobVerdict.Suspend when !job.IsConditionTrue("Suspended"):
                tools.Normal(Kinds.Job, job, Source, "Suspended", "Job suspended");
                break;
        }
    }

    private JsonArray Conditions(KubeObject job, JobVerdict verdict)
    {
        JsonNode Write(string type, string status, string reason, string message)
        {
            JsonObject written = Client.Conditions.Write(job, type, status, reason, message, tools.Now);
            written["lastProbeTime"] = written["lastTransitionTime"]!.DeepClone();
            return written;
        }

        bool wasSuspended = !job.Condition("Suspended").IsMissing();
        return verdict switch
        {
            JobVerdict.Complete done => [Write("SuccessCriteriaMet", "True", "CompletionsReached", done.Message), Write("Complete", "True", "CompletionsReached", done.Message)],
            JobVerdict.Fail fail => [Write("FailureTarget", "True", fail.Reason, fail.Message), Write("Failed", "True", fail.Reason, fail.Message)],
            JobVerdict.Suspend => [Write("Suspended", "True", "JobSuspended", "Job suspended")],
            _ when wasSuspended => [Write("Suspended", "False", "JobResumed", "Job resumed")],
            _ => [],
        };
    }

    /// <summary>Deletes a finished Job when its time to live is over.</summary>
    private async Task<TimeSpan?> CleanUpAsync(KubeObject job, CancellationToken ct)
    {
        await StopPodsAsync(job, ct);
        string type = job.IsConditionTrue("Complete") ? "Complete" : "Failed";
        if (job.Spec.OptionalNumber("ttlSecondsAfterFinished") is not { } ttl || job.Condition(type).Instant("lastTransitionTime") is not { } finished)
        {
            return null;
        }

        TimeSpan left = finished + TimeSpan.FromSeconds(ttl) - tools.Now;
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        await tools.Cluster.DeleteAsync(Kinds.Job, job, null, ct);
        return null;
    }
}
