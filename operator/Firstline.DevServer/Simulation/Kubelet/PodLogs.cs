using System.Text.Json.Nodes;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Logs of containers as annotations of the pod, from which the dev server answers <c>kubectl logs</c>.</summary>
internal static class PodLogs
{
    public static string Key(string container) => $"fake/log.{container}";

    public static string PreviousKey(string container) => $"fake/log.{container}.previous";

    /// <summary>The metadata that shows the logs.</summary>
    public static JsonObject Metadata(PodState state)
    {
        JsonObject annotations = [];
        foreach (ContainerState container in state.AllContainers)
        {
            if (container.Log.Length > 0)
            {
                annotations[Key(container.Name)] = container.Log;
            }

            if (container.PreviousLog.Length > 0)
            {
                annotations[PreviousKey(container.Name)] = container.PreviousLog;
            }
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } };
    }
}
