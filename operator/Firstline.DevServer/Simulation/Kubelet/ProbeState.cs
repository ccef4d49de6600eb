namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Where a probe is.</summary>
/// <param name="NextAt">Earliest time of the next question. A probe that can only succeed again is not asked: nothing would change.</param>
/// <param name="Failures">Failures in a row.</param>
internal readonly record struct ProbeState(DateTimeOffset NextAt, int Failures);
