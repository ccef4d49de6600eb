using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>A human's feedback on the dev server: recorded, told, and held to at the next finding.</summary>
public sealed class FeedbackTests
{
    private const string Policy = """
        {"apiVersion":"firstline.dev/v1alpha1","kind":"RemediationPolicy","metadata":{"name":"default"},"spec":{"feedback":{"falsePositive":{"muteFor":"24h"}}}}
        """;

    [Fact]
    public async Task A_false_positive_mutes_its_detector_on_its_target_and_says_so_on_both()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await cluster.Client.CreateAsync(RemediationPolicy.Type, "", Encoding.UTF8.GetBytes(Policy), CancellationToken.None);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously), told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OperatorUnderTest.EventWatch watch = await cluster.WatchEventsAsync(happening =>
        {
            _ = happening switch { "Deployment FindingHeld" => held.TrySetResult(), "Incident DetectorMuted" => told.TrySetResult(), _ => false };
        });
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Count == 1, "an incident");

        await PatchAsync(cluster, incident, """{"spec":{"feedback":"FalsePositive"}}""");
        Incident tuned = await cluster.IncidentAsync(static i => i.Status?.Feedback is not null, "feedback taken up");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.Running());
        await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Resolved }], "a resolved signal");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping(3));
        await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Firing }], "the open incident's own signal again");
        held.Task.IsCompleted.Should().BeFalse("what an open incident reports is not held back");

        await cluster.SetStatusAsync(Incident.Type, incident.Metadata.Name, Over(tuned));
        await Task.WhenAll(held.Task, told.Task).WaitAsync(TimeSpan.FromSeconds(20));

        tuned.Status!.Feedback!.Effect.Should().Match("CrashLoop on Deployment/web is not reported until *");
        tuned.Status.Conditions.Single(static c => c.Type == ConditionTypes.Tuned)
            .Should().Match<Condition>(static c => c.Status == ConditionStatus.True && c.Reason == "DetectorMuted" && c.Message.StartsWith("FalsePositive: CrashLoop on"));

        await PatchAsync(cluster, incident, """{"spec":{"feedback":null}}""");
        Incident untuned = await cluster.IncidentAsync(static i => i.Status is { Feedback: null, Count: 1 }, "feedback taken back");
        untuned.Status!.Conditions.Should().NotContain(static c => c.Type == ConditionTypes.Tuned);
        await cluster.IncidentAsync(i => i.Metadata.Uid != incident.Metadata.Uid && i.Status?.Signals is [{ State: SignalState.Firing }], "the finding, reported at last");
    }

    private static string Over(Incident incident)
    {
        Condition over = new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = "ClosedByHand", Message = "closed by hand", LastTransitionTime = incident.Status!.Feedback!.At };
        JsonNode status = JsonSerializer.SerializeToNode(new IncidentStatus { Conditions = incident.Status.Conditions.Add(over) }, FirstlineJson.Of<IncidentStatus>())!;
        return new JsonObject { ["conditions"] = status["conditions"]!.DeepClone() }.ToJsonString();
    }

    private static Task<KubeResponse> PatchAsync(OperatorUnderTest cluster, Incident incident, string patch) =>
        cluster.Client.PatchAsync(Incident.Type, NamespacedName.Of(incident.Metadata), Patch.Merge((JsonObject)JsonNode.Parse(patch)!), CancellationToken.None);
}
