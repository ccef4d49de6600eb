namespace Firstline.Benchmarks.Kills;

/// <summary>A leader was killed.</summary>
/// <param name="Seat">Where it ran.</param>
/// <param name="At">When, on the clock of <see cref="Moments"/>.</param>
internal sealed record Kill(Seat Seat, TimeSpan At);
