namespace Firstline.Kube.Events;

/// <summary>What makes two events the same; without a message: the group of similar ones.</summary>
internal readonly record struct EventKey(ObjectReference About, EventType Type, string Reason, string? Message);
