namespace Firstline.Kube.Events;

/// <summary>Tells people what happened to an object, where they look first: <c>kubectl describe</c> and <c>kubectl events</c>.</summary>
public interface IEventRecorder
{
    /// <summary>Records an event; returns at once and never fails. Repeats are counted on one Event instead of filling the list.</summary>
    /// <param name="about">Object that it is about.</param>
    /// <param name="type">Normal, or Warning where a person should look.</param>
    /// <param name="reason">Why, in one CamelCase word.</param>
    /// <param name="message">One sentence for people; cut after 1024 characters.</param>
    void Record(ObjectReference about, EventType type, string reason, string message);
}
