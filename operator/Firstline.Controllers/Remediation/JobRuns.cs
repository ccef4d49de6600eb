using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Remediation;

/// <summary>Follows a Job that a step made to its end: the step is done when the Job has succeeded, and has failed when the Job has.</summary>
internal sealed class JobRuns(IKubeClient client)
{
    private const int TailLines = 60;
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(3);

    /// <summary>How far the Job is that was just read.</summary>
    public async Task<StepOutcome> LookAsync(Mutation mutation, NamespacedName key, JsonNode job, StepOutcome.Applied done, CancellationToken ct)
    {
        if (JobEnd.Of(job) is not { } end)
        {
            return new StepOutcome.Waiting($"{mutation.Target} runs", Recheck);
        }

        (int? exit, string? output) = await PodAsync(key, (string?)job["metadata"]?["uid"], ct);
        string code = exit is null ? "" : string.Create(CultureInfo.InvariantCulture, $", exit code {exit}");
        return end.HasSucceeded
            ? done with { Message = $"{done.Message}; {mutation.Target} succeeded{code}", Output = output }
            : new StepOutcome.Failed(Reasons.JobFailed, $"{mutation.Target} failed{code}: {end.Why}") { Output = output };
    }

    /// <summary>Exit code and end of the log of the Job's newest pod. What can't be read any more is left out: the Job's own condition decides.</summary>
    private async Task<(int? ExitCode, string? Output)> PodAsync(NamespacedName job, string? uid, CancellationToken ct)
    {
        JsonObject? newest = null;
        ResourceQuery query = new(BuiltinTypes.Pods, job.Namespace, $"controller-uid={uid}");
        await foreach (JsonObject pod in client.ListAsync(query, PodJson.Default.JsonObject, ct))
        {
            newest = newest is null || string.CompareOrdinal(Created(pod), Created(newest)) >= 0 ? pod : newest;
        }

        return newest is null ? (null, null) : (JobEnd.ExitCodeOf(newest), await LogAsync(new(job.Namespace, (string?)newest["metadata"]?["name"] ?? ""), newest, ct));
    }

    private static string? Created(JsonObject pod) => (string?)pod["metadata"]?["creationTimestamp"];

    private async Task<string?> LogAsync(NamespacedName pod, JsonObject json, CancellationToken ct)
    {
        try
        {
            string? container = (string?)json["spec"]?["containers"]?[0]?["name"];
            return JobEnd.OutputOf(await client.ReadLogAsync(pod, new PodLogOptions { Container = container, TailLines = TailLines }, ct));
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.NotFound or KubeErrorKind.BadRequest)
        {
            return $"(the log of pod {pod} is gone: {e.Kind})";
        }
    }
}
