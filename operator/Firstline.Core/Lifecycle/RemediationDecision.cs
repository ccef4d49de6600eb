using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What to do next, and the gates that were judged for it.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Verdicts">The verdict of each gate, in order; empty when none was judged, and then those on the object stay.</param>
public sealed record RemediationDecision(NextStep Step, ImmutableArray<GateVerdict> Verdicts);
