using Firstline.Api.Meta;

namespace Firstline.Kube.Runtime;

/// <summary>
/// Moves one object towards what is wanted: observe, decide, act, report. Level-driven: it is told that something about the object may
/// have changed, not what. Never runs twice at once for the same key.
/// </summary>
/// <exception cref="TransientException">Tried again with backoff; so is a <see cref="Client.KubeException"/> that is transient.</exception>
/// <exception cref="TerminalException">Not tried again until the object changes.</exception>
/// <remarks>Any other exception is logged as a bug and tried again with backoff.</remarks>
public interface IReconciler<in T>
    where T : class
{
    /// <summary>The object as the cache shows it, which is never older than this reconciler's own last write for the same key.</summary>
    Task<ReconcileResult> ReconcileAsync(T resource, CancellationToken ct);

    /// <summary>The object is gone; called once or more. Most reconcilers have nothing to do: owned objects are collected by the server.</summary>
    Task DeletedAsync(NamespacedName key, CancellationToken ct) => Task.CompletedTask;
}
