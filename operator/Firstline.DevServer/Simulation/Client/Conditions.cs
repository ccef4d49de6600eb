using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>Writes conditions of a status, keeping the time of what did not change.</summary>
internal static class Conditions
{
    public static JsonObject Write(KubeObject item, string type, string status, string reason, string message, DateTimeOffset now)
    {
        JsonElement before = item.Condition(type);
        bool isSame = before.Text("status") == status;
        return new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["lastTransitionTime"] = (isSame ? before.Text("lastTransitionTime") : null) ?? now.ToTimestamp(),
            ["reason"] = reason,
            ["message"] = message,
        };
    }

    /// <summary>As <see cref="Write"/>, with the <c>lastUpdateTime</c> that Deployments have.</summary>
    public static JsonObject WriteUpdated(KubeObject item, string type, string status, string reason, string message, DateTimeOffset now)
    {
        JsonElement before = item.Condition(type);
        bool isSame = before.Text("status") == status && before.Text("reason") == reason && before.Text("message") == message;
        JsonObject written = Write(item, type, status, reason, message, now);
        written["lastUpdateTime"] = (isSame ? before.Text("lastUpdateTime") : null) ?? now.ToTimestamp();
        return written;
    }
}
