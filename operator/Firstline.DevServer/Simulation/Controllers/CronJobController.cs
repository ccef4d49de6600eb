using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Starts the Jobs of a CronJob at their times. Times are the clock's: the simulation's speed does not change them.</summary>
internal sealed class CronJobController(ControllerTools tools) : IReconciler
{
    private const string Source = "cronjob-controller";

    public string Name => "cronjob";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.CronJobs), Trigger.Owner(tools.Cluster.Jobs, Kinds.CronJob)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.CronJobs.Get(key) is not { IsDeleting: false } cron)
        {
            return null;
        }

        await TrimAsync(cron, "Complete", cron.Spec.Number("successfulJobsHistoryLimit", 3), ct);
        await TrimAsync(cron, "Failed", cron.Spec.Number("failedJobsHistoryLimit", 1), ct);
        KubeObject current = await WriteStatusAsync(cron, null, ct) ?? cron;
        if (cron.Spec.Flag("suspend"))
        {
            return null;
        }

        string text = cron.Spec.Text("schedule") ?? "";
        if (CronSchedule.Parse(text) is not { } schedule)
        {
            tools.Warning(Kinds.CronJob, cron, Source, "UnparseableSchedule", $"unparseable schedule: \"{text}\"");
            return null;
        }

        return await FollowAsync(current, schedule, ct);
    }

    private async Task<TimeSpan?> FollowAsync(KubeObject cron, CronSchedule schedule, CancellationToken ct)
    {
        TimeZoneInfo zone = cron.Spec.Text("timeZone") is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? found) ? found : TimeZoneInfo.Utc;
        DateTimeOffset since = cron.Status.Instant("lastScheduleTime") ?? cron.CreatedAt;
        TimeSpan? deadline = cron.Spec.OptionalNumber("startingDeadlineSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        CronVerdict verdict = CronVerdict.Of(schedule, zone, since, deadline, tools.Now);
        if (verdict.Missed is { } missed)
        {
            tools.Warning(Kinds.CronJob, cron, Source, "MissSchedule", $"Missed scheduled time to start a job: {missed.ToTimestamp()}");
        }

        if (verdict.Start is { } due)
        {
            await StartAsync(cron, due, ct);
        }

        return verdict.Next - tools.Now;
    }

    private async Task StartAsync(KubeObject cron, DateTimeOffset due, CancellationToken ct)
    {
        ImmutableArray<KubeObject> active = Active(cron);
        string policy = cron.Spec.Text("concurrencyPolicy") ?? "Allow";
        if (policy == "Forbid" && !active.IsEmpty)
        {
            tools.Normal(Kinds.CronJob, cron, Source, "JobAlreadyActive",
                "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }

        foreach (KubeObject running in policy == "Replace" ? active : [])
        {
            await tools.Cluster.DeleteAsync(Kinds.Job, running, null, ct);
            tools.Normal(Kinds.CronJob, cron, Source, "SuccessfulDelete", $"Deleted job {running.Name}");
        }

        try
        {
            KubeObject job = await tools.Cluster.CreateAsync(Kinds.Job, cron.Namespace, Build(cron, due), ct);
            tools.Normal(Kinds.CronJob, cron, Source, "SuccessfulCreate", $"Created job {job.Name}");
        }
        catch (ApiException exists) when (exists.IsAlreadyExists)
        {
            // Started before, and only the status was not written.
        }

        await WriteStatusAsync(cron, due, ct);
    }

    private static JsonObject Build(KubeObject cron, DateTimeOffset due)
    {
        JsonElement template = cron.Spec.At("jobTemplate");
        JsonObject job = Owner.Pod(Kinds.CronJob, cron, template);
        job["metadata"]!["name"] = string.Create(CultureInfo.InvariantCulture, $"{cron.Name}-{due.ToUnixTimeSeconds() / 60}");
        Owner.SetAnnotation(job, "batch.kubernetes.io/cronjob-scheduled-timestamp", due.ToTimestamp());
        return job;
    }

    private ImmutableArray<KubeObject> Active(KubeObject cron) =>
        [.. tools.Cluster.Jobs.OwnedBy(cron.Uid).Where(job => !JobController.IsFinished(job)).OrderBy(job => job.CreatedAt)];

    private async Task TrimAsync(KubeObject cron, string condition, int limit, CancellationToken ct)
    {
        ImmutableArray<KubeObject> finished =
            [.. tools.Cluster.Jobs.OwnedBy(cron.Uid).Where(job => !job.IsDeleting && job.IsConditionTrue(condition)).OrderBy(job => job.CreatedAt)];
        foreach (KubeObject old in finished.Take(Math.Max(0, finished.Length - limit)))
        {
            await tools.Cluster.DeleteAsync(Kinds.Job, old, null, ct);
            tools.Normal(Kinds.CronJob, cron, Source, "SuccessfulDelete", $"Deleted job {old.Name}");
        }
    }

    private Task<KubeObject?> WriteStatusAsync(KubeObject cron, DateTimeOffset? scheduled, CancellationToken ct)
    {
        DateTimeOffset? succeeded = tools.Cluster.Jobs.OwnedBy(cron.Uid).Select(job => job.Status.Instant("completionTime")).Max();
        JsonObject status = new() { ["active"] = new JsonArray([.. Active(cron).Select(Reference)]) };
        if (scheduled is { } time)
        {
            status["lastScheduleTime"] = time.ToTimestamp();
        }

        if (succeeded is { } last)
        {
            status["lastSuccessfulTime"] = last.ToTimestamp();
        }

        return tools.Cluster.PatchStatusAsync(Kinds.CronJob, cron, status, ct);
    }

    private static JsonNode Reference(KubeObject job) => new JsonObject
    {
        ["apiVersion"] = Kinds.Job.ApiVersion,
        ["kind"] = Kinds.Job.Kind,
        ["name"] = job.Name,
        ["namespace"] = job.Namespace,
        ["uid"] = job.Uid,
    };
}
