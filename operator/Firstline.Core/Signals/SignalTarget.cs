using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Signals;

/// <summary>How a rule or a mapping names the object in trouble.</summary>
/// <param name="Kind">Kind, one of <see cref="TargetResolver.Kinds"/>.</param>
/// <param name="Namespace">Namespace; null for objects of the cluster.</param>
/// <param name="Name">Name.</param>
public sealed record SignalTarget(EventText Kind, EventText? Namespace, EventText Name)
{
    /// <summary>The object; null when the event or the labels do not name one.</summary>
    /// <param name="read">Takes a text from the event or the labels.</param>
    internal TargetRef? Of(Func<EventText, string?> read) =>
        read(Kind) is { } kind && read(Name) is { } name ? TargetResolver.Named(kind, Namespace is null ? null : read(Namespace), name) : null;
}
