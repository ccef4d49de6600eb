using Firstline.Api.Meta;

namespace Firstline.DevServer.Simulation.Queue;

/// <summary>Brings one object closer to what its spec asks for. Called again for each change of what it names in <see cref="Triggers"/>.</summary>
internal interface IReconciler
{
    string Name { get; }

    /// <summary>Which changes concern which keys.</summary>
    IEnumerable<Trigger> Triggers { get; }

    /// <summary>Does what is to be done now.</summary>
    /// <returns>When to be called again although nothing changed; null for not at all.</returns>
    Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct);
}
