using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Events;

namespace Firstline.DevServer.Simulation.Queue;

/// <summary>What every controller of the controller-manager works with.</summary>
/// <param name="Cluster">Objects and writes.</param>
/// <param name="Events">Events.</param>
/// <param name="Clock">Time.</param>
/// <param name="Speed">Divides the controllers' own waits (Job back-off); times that a spec gives are not divided.</param>
internal sealed record ControllerTools(Cluster Cluster, EventRecorder Events, TimeProvider Clock, double Speed)
{
    public DateTimeOffset Now => Clock.GetUtcNow();

    public void Normal(ResourceType type, KubeObject about, string source, string reason, string message) =>
        Events.Record(type, about, source, "Normal", reason, message);

    public void Warning(ResourceType type, KubeObject about, string source, string reason, string message) =>
        Events.Record(type, about, source, "Warning", reason, message);
}
