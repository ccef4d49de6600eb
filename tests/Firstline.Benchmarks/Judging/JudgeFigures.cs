namespace Firstline.Benchmarks.Judging;

/// <summary>What one event of a pod cost in a cluster of a size.</summary>
/// <param name="Pods">Pods of the cluster.</param>
/// <param name="Judgements">Objects that were judged for an event.</param>
/// <param name="Facts">Objects that were looked at for an event: those of the situations that were judged.</param>
/// <param name="Bytes">Allocated for an event, from the frame's arrival until all that it led to was judged.</param>
/// <param name="Findings">Troubles that were reported; the pods are healthy.</param>
internal sealed record JudgeFigures(int Pods, double Judgements, double Facts, double Bytes, int Findings);
