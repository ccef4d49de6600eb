namespace Firstline.Kube.Events;

/// <summary>An Event that is stored already and counts its repeats.</summary>
internal sealed record EventSeries(string Name, int Count, DateTimeOffset First, DateTimeOffset Last);
