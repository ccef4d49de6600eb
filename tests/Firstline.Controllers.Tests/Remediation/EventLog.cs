using System.Collections.Concurrent;
using Firstline.Kube.Events;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Keeps the events that were recorded.</summary>
internal sealed class EventLog : IEventRecorder
{
    public ConcurrentQueue<(string Kind, string Reason)> All { get; } = new();

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _told = new(StringComparer.Ordinal);

    /// <summary>Completes when an event of that reason was recorded.</summary>
    public Task TellsAsync(string reason, CancellationToken ct) => Told(reason).Task.WaitAsync(ct);

    /// <summary>Completes when an event of that reason was recorded about an object of that kind: what an object's status shows is told only after it is stored.</summary>
    public Task TellsAsync(string kind, string reason, CancellationToken ct) => Told($"{kind}/{reason}").Task.WaitAsync(ct);

    public void Record(ObjectReference about, EventType type, string reason, string message)
    {
        All.Enqueue((about.Type.Kind, reason));
        Told(reason).TrySetResult();
        Told($"{about.Type.Kind}/{reason}").TrySetResult();
    }

    private TaskCompletionSource Told(string reason) =>
        _told.GetOrAdd(reason, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
