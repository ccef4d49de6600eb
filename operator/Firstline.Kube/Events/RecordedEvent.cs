namespace Firstline.Kube.Events;

internal sealed record RecordedEvent(ObjectReference About, EventType Type, string Reason, string Message, DateTimeOffset At);
