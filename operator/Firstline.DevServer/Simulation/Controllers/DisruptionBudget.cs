using System.Text.Json;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>The arithmetic of a PodDisruptionBudget.</summary>
/// <param name="Expected">Pods there should be.</param>
/// <param name="Healthy">Pods that are ready.</param>
/// <param name="Desired">Pods that must stay ready.</param>
internal readonly record struct DisruptionBudget(int Expected, int Healthy, int Desired)
{
    public int Allowed => Math.Max(0, Healthy - Desired);

    public static DisruptionBudget Of(JsonElement spec, int expected, int healthy)
    {
        JsonElement most = spec.At("maxUnavailable");
        int desired = most.IsMissing()
            ? IntOrPercent.Resolve(spec.At("minAvailable"), expected, MidpointRounding.ToPositiveInfinity, 0)
            : expected - IntOrPercent.Resolve(most, expected, MidpointRounding.ToPositiveInfinity, 0);
        return new DisruptionBudget(expected, healthy, Math.Max(0, desired));
    }
}
