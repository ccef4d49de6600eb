namespace Firstline.Kube.Runtime;

/// <summary>What comes next for a key that was reconciled without an error.</summary>
/// <param name="RequeueAfter">Run again after this time even if nothing changes; null waits for a change.</param>
public readonly record struct ReconcileResult(TimeSpan? RequeueAfter)
{
    /// <summary>Wait for a change.</summary>
    public static readonly ReconcileResult Done;
}
