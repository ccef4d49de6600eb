using System.Collections.Concurrent;
using Firstline.Kube.Events;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Keeps the events that were recorded.</summary>
internal sealed class EventLog : IEventRecorder
{
    public ConcurrentQueue<(string Kind, string Reason)> All { get; } = new();

    public void Record(ObjectReference about, EventType type, string reason, string message) => All.Enqueue((about.Type.Kind, reason));
}
