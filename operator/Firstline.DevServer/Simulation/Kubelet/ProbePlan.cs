namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>A probe of a container; times as written in the spec, unscaled.</summary>
/// <param name="Kind">How it asks.</param>
/// <param name="Port">Port, by number or name; empty for a command.</param>
/// <param name="Path">HTTP path.</param>
/// <param name="InitialDelay">From the start of the container to the first question.</param>
/// <param name="Period">Between questions.</param>
/// <param name="FailureThreshold">Failures in a row until it counts.</param>
internal sealed record ProbePlan(ProbeKind Kind, string Port, string Path, TimeSpan InitialDelay, TimeSpan Period, int FailureThreshold);
