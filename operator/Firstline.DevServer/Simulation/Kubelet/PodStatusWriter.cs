using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Writes a pod's state as its status, in the kubelet's form.</summary>
internal static class PodStatusWriter
{
    /// <param name="pod">The pod; conditions that are not the kubelet's, and times of those that did not change, are taken over from it.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="state">Its state.</param>
    /// <param name="hostIp">Address of its node.</param>
    /// <param name="now">Time of conditions that change.</param>
    public static JsonObject Write(KubeObject pod, PodPlan plan, PodState state, string hostIp, DateTimeOffset now)
    {
        bool hasIp = state.AllContainers.Any(c => c.Phase is not ContainerPhase.Waiting { Step: WaitStep.Turn });
        JsonObject status = new()
        {
            ["phase"] = PodPhase.Of(plan, state),
            ["conditions"] = new JsonArray([.. Conditions(pod, plan, state, hasIp, now)]),
            ["hostIP"] = hostIp,
            ["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = hostIp }),
            ["startTime"] = state.StartedAt.ToTimestamp(),
            ["containerStatuses"] = new JsonArray([.. state.Containers.Select((c, i) => Container(pod, plan.Containers[i], c))]),
        };
        if (hasIp)
        {
            status["podIP"] = state.PodIp;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = state.PodIp });
        }

        if (!state.InitContainers.IsEmpty)
        {
            status["initContainerStatuses"] = new JsonArray([.. state.InitContainers.Select((c, i) => Container(pod, plan.InitContainers[i], c))]);
        }

        return status;
    }

    private static IEnumerable<JsonNode> Conditions(KubeObject pod, PodPlan plan, PodState state, bool hasSandbox, DateTimeOffset now)
    {
        ImmutableArray<PodCondition> ours = PodCondition.Of(plan, state, hasSandbox);
        foreach (PodCondition condition in ours)
        {
            yield return Condition(pod.Condition(condition.Type), condition, now);
        }

        foreach (JsonElement other in pod.Status.Items("conditions").Where(c => ours.All(own => own.Type != c.Text("type"))))
        {
            yield return JsonObject.Create(other)!;
        }
    }

    private static JsonObject Condition(JsonElement before, PodCondition condition, DateTimeOffset now)
    {
        bool isSame = before.Text("status") == condition.Status;
        JsonObject written = new()
        {
            ["type"] = condition.Type,
            ["status"] = condition.Status,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = (isSame ? before.Text("lastTransitionTime") : null) ?? now.ToTimestamp(),
        };
        if (condition.Reason.Length > 0)
        {
            written["reason"] = condition.Reason;
        }

        if (condition.Message.Length > 0)
        {
            written["message"] = condition.Message;
        }

        JsonElement observed = before.At("observedGeneration");
        if (observed.ValueKind == JsonValueKind.Number)
        {
            written["observedGeneration"] = observed.GetInt32();
        }

        return written;
    }

    private static JsonObject Container(KubeObject pod, ContainerPlan plan, ContainerState state)
    {
        bool everStarted = state.Image.Length > 0;
        return new JsonObject
        {
            ["name"] = state.Name,
            ["state"] = Phase(pod, state, state.Phase, state.RestartCount),
            ["lastState"] = state.Last is null ? new JsonObject() : Phase(pod, state, state.Last, state.RestartCount - 1),
            ["ready"] = state.IsReady || (plan.IsInit && state.Phase is ContainerPhase.Terminated { ExitCode: 0 }),
            ["restartCount"] = state.RestartCount,
            ["image"] = everStarted ? ImageNames.Canonical(state.Image) : plan.Image,
            ["imageID"] = everStarted ? ImageId(state.Image) : "",
            ["containerID"] = everStarted ? ContainerId(pod, state, state.RestartCount) : null,
            ["started"] = state.IsStarted && state.IsRunning,
        }.WithoutNulls();
    }

    private static JsonObject Phase(KubeObject pod, ContainerState state, ContainerPhase phase, int run) => phase switch
    {
        ContainerPhase.Waiting waiting => new JsonObject
        {
            ["waiting"] = new JsonObject { ["reason"] = waiting.Reason, ["message"] = waiting.Message.Length > 0 ? waiting.Message : null }.WithoutNulls(),
        },
        ContainerPhase.Running running => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = running.StartedAt.ToTimestamp() } },
        ContainerPhase.Terminated ended => new JsonObject
        {
            ["terminated"] = new JsonObject
            {
                ["exitCode"] = ended.ExitCode,
                ["reason"] = ended.Reason,
                ["startedAt"] = ended.StartedAt.ToTimestamp(),
                ["finishedAt"] = ended.FinishedAt.ToTimestamp(),
                ["containerID"] = ContainerId(pod, state, run),
            },
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonObject WithoutNulls(this JsonObject node)
    {
        foreach (string name in node.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            node.Remove(name);
        }

        return node;
    }

    private static string ImageId(string image)
    {
        string name = ImageNames.Canonical(image);
        int tag = name.LastIndexOf(':');
        return $"{(tag > name.LastIndexOf('/') ? name[..tag] : name)}@sha256:{Hash(name)}";
    }

    private static string ContainerId(KubeObject pod, ContainerState state, int run) => $"containerd://{Hash($"{pod.Uid}/{state.Name}/{run}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
