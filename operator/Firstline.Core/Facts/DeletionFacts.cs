using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>A deletion that was asked for.</summary>
/// <param name="At"><c>metadata.deletionTimestamp</c>: when the object may be gone, its grace period included.</param>
/// <param name="Finalizers"><c>metadata.finalizers</c>, which hold it.</param>
public sealed record DeletionFacts(DateTimeOffset At, ImmutableArray<string> Finalizers);
