using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What the passing of time made of a state.</summary>
/// <param name="State">The state now.</param>
/// <param name="Events">What happened on the way.</param>
/// <param name="WakeAt">When something happens next by itself; null for never.</param>
internal sealed record Advance<T>(T State, ImmutableArray<KubeletEvent> Events, DateTimeOffset? WakeAt);
