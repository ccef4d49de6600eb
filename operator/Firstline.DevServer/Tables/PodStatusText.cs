using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>What kubectl prints of a pod: one word for its state, how many containers are ready, how often they restarted.</summary>
/// <param name="Reason">Such as <c>Running</c>, <c>CrashLoopBackOff</c>, <c>Init:0/1</c>, <c>Terminating</c>.</param>
/// <param name="Ready">Ready containers.</param>
/// <param name="Total">Containers that should be ready, with restartable init containers.</param>
/// <param name="Restarts">Restarts of the containers that count at this stage.</param>
/// <param name="LastRestart">When one ended last; null when none did.</param>
internal sealed record PodStatusText(string Reason, int Ready, int Total, long Restarts, DateTimeOffset? LastRestart)
{
    public static PodStatusText Of(JsonObject pod)
    {
        JsonObject status = pod.Fields("status") ?? [];
        HashSet<string> sidecars = [.. pod.Objects("spec", "initContainers").Where(c => c.Text("restartPolicy") == "Always").Select(c => c.Text("name") ?? "")];
        PodStatusText text = new(StartReason(status), 0, pod.List("spec", "containers").Count + sidecars.Count, 0, null);
        (PodStatusText initial, bool initializing) = Initialization(text, pod, status, sidecars);
        PodStatusText shown = !initializing || HasCondition(status, "Initialized") ? Running(initial, status, sidecars) : initial;
        return shown with { Reason = EndReason(pod, status, shown.Reason) };
    }

    public string RestartText(DateTimeOffset now) =>
        Restarts > 0 && LastRestart is { } last ? $"{Restarts} ({HumanDuration.Format(now - last)} ago)" : $"{Restarts}";

    private static string StartReason(JsonObject status)
    {
        bool gated = status.Objects("conditions").Any(c => c.Text("type") == "PodScheduled" && c.Text("reason") == "SchedulingGated");
        return gated ? "SchedulingGated" : status.Text("reason") is { Length: > 0 } reason ? reason : status.Text("phase") ?? "";
    }

    private static string EndReason(JsonObject pod, JsonObject status, string reason)
    {
        if (pod.Text("metadata", "deletionTimestamp") is null)
        {
            return reason;
        }

        return status.Text("reason") == "NodeLost" ? "Unknown" : status.Text("phase") is "Succeeded" or "Failed" ? reason : "Terminating";
    }

    private static (PodStatusText Text, bool Initializing) Initialization(PodStatusText text, JsonObject pod, JsonObject status, HashSet<string> sidecars)
    {
        int index = 0;
        int total = pod.List("spec", "initContainers").Count;
        foreach (JsonObject container in status.Objects("initContainerStatuses"))
        {
            text = text.With(container);
            bool sidecar = sidecars.Contains(container.Text("name") ?? "") && container.Flag("started");
            if (!sidecar && container.Integer("state", "terminated", "exitCode") != 0)
            {
                return (text with { Reason = $"Init:{InitReason(container, index, total)}" }, true);
            }

            text = sidecar && container.Flag("ready") ? text with { Ready = text.Ready + 1 } : text;
            index++;
        }

        return (text, false);
    }

    private static string InitReason(JsonObject container, int index, int total)
    {
        if (container.Fields("state", "terminated") is { } ended)
        {
            return EndText(ended);
        }

        return container.Text("state", "waiting", "reason") is { Length: > 0 } waiting and not "PodInitializing" ? waiting : $"{index}/{total}";
    }

    private static string EndText(JsonObject ended) => ended.Text("reason") is { Length: > 0 } reason
        ? reason
        : ended.Integer("signal") is { } signal and not 0 ? $"Signal:{signal}" : $"ExitCode:{ended.Integer("exitCode") ?? 0}";

    private static PodStatusText Running(PodStatusText text, JsonObject status, HashSet<string> sidecars)
    {
        text = text with { Restarts = 0, LastRestart = null };
        foreach (JsonObject sidecar in status.Objects("initContainerStatuses").Where(c => sidecars.Contains(c.Text("name") ?? "")))
        {
            text = text.With(sidecar);
        }

        bool anyRunning = false;
        foreach (JsonObject container in status.Objects("containerStatuses").Reverse())
        {
            text = text.With(container);
            bool running = container.Flag("ready") && container.Fields("state", "running") is not null;
            anyRunning |= running;
            text = text with { Reason = ContainerReason(container) ?? text.Reason, Ready = text.Ready + (running ? 1 : 0) };
        }

        bool goesOn = text.Reason == "Completed" && anyRunning;
        return goesOn ? text with { Reason = HasCondition(status, "Ready") ? "Running" : "NotReady" } : text;
    }

    private static string? ContainerReason(JsonObject container) =>
        container.Text("state", "waiting", "reason") is { Length: > 0 } waiting ? waiting
        : container.Fields("state", "terminated") is { } ended ? EndText(ended)
        : null;

    private static bool HasCondition(JsonObject status, string type) =>
        status.Objects("conditions").Any(c => c.Text("type") == type && c.Text("status") == "True");

    private PodStatusText With(JsonObject container)
    {
        DateTimeOffset? ended = container.Time("lastState", "terminated", "finishedAt");
        return this with
        {
            Restarts = Restarts + (container.Integer("restartCount") ?? 0),
            LastRestart = LastRestart is null || ended > LastRestart ? ended ?? LastRestart : LastRestart,
        };
    }
}
