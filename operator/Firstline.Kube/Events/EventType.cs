namespace Firstline.Kube.Events;

/// <summary>Kind of an event, as <c>kubectl describe</c> shows it.</summary>
public enum EventType
{
    Normal,
    Warning,
}
