namespace Firstline.Kube.Events;

/// <summary>What becomes of a recorded event.</summary>
/// <param name="Event">The event to store.</param>
/// <param name="Key">What its repeats have in common.</param>
/// <param name="Series">The stored Event that it counts up; null for a new one.</param>
internal sealed record Correlation(RecordedEvent Event, EventKey Key, EventSeries? Series);
