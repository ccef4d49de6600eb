using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Remediation;

/// <summary>Follows a Job that a step made to its end: the step is done when the Job has succeeded, and has failed when the Job has.</summary>
internal sealed class JobRuns(IKubeClient client)
{
    private const int TailLines = 60;

    // The watch of Jobs tells the end; this is for an event that never came.
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    /// <summary>True when a Job has ended that one of the request's steps made.</summary>
    public static bool IsEndOf(JobFacts? job, RemediationRequest request) => (job is { HasFailed: true } or { HasSucceeded: true }) && request.Spec.Plan.Steps.SelectMany(static s => s.Forward)
        .Any(m => m is { Verb: MutationVerb.Create, Target.Kind: "Job" } && TargetTypes.Key(m.Target, request) == new NamespacedName(job.Ref.Namespace ?? "", job.Ref.Name));

    /// <summary>How far the Job is that was just read.</summary>
    public async Task<StepOutcome> LookAsync(Mutation mutation, NamespacedName key, JsonNode job, StepOutcome.Applied done, CancellationToken ct)
    {
        if (JobEnd.Of(job) is not { } end)
        {
            return new StepOutcome.Waiting($"{mutation.Target} runs", Recheck);
        }

        (int? exit, string? output) = await TellAsync(key, (string?)job["metadata"]?["uid"], ct);
        string code = exit is null ? "" : string.Create(CultureInfo.InvariantCulture, $", exit code {exit}");
        return end.HasSucceeded
            ? done with { Message = $"{done.Message}; {mutation.Target} succeeded{code}", Output = output }
            : new StepOutcome.Failed(Reasons.JobFailed, $"{mutation.Target} failed{code}: {end.Why}") { Output = output };
    }

    /// <summary>Exit code and end of the log of the Job's newest pod. What can't be read is said in place of the log: the Job's own condition decides.</summary>
    private async Task<(int? ExitCode, string? Output)> TellAsync(NamespacedName job, string? uid, CancellationToken ct)
    {
        JsonObject? pod = null;
        try
        {
            pod = await NewestPodAsync(job, uid, ct);
            return pod is null ? (null, null) : (JobEnd.ExitCodeOf(pod), await LogAsync(job.Namespace, pod, ct));
        }
        catch (KubeException e) when (e.Kind != KubeErrorKind.Unauthorized)
        {
            return (pod is null ? null : JobEnd.ExitCodeOf(pod), JobEnd.OutputOf($"(the log of its pod could not be read: {e.Kind}: {e.Message})"));
        }
    }

    private async Task<JsonObject?> NewestPodAsync(NamespacedName job, string? uid, CancellationToken ct)
    {
        JsonObject? newest = null;
        ResourceQuery query = new(BuiltinTypes.Pods, job.Namespace, $"controller-uid={uid}");
        await foreach (JsonObject pod in client.ListAsync(query, PodJson.Default.JsonObject, ct))
        {
            newest = newest is null || string.CompareOrdinal(Created(pod), Created(newest)) >= 0 ? pod : newest;
        }

        return newest;
    }

    private static string? Created(JsonObject pod) => (string?)pod["metadata"]?["creationTimestamp"];

    private async Task<string?> LogAsync(string ns, JsonObject pod, CancellationToken ct)
    {
        PodLogOptions options = new() { Container = (string?)pod["spec"]?["containers"]?[0]?["name"], TailLines = TailLines };
        return JobEnd.OutputOf(await client.ReadLogAsync(new(ns, (string?)pod["metadata"]?["name"] ?? ""), options, ct));
    }
}
