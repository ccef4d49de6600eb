using Firstline.Api.Meta;

namespace Firstline.Kube.Leases;

/// <summary>Which lease, and how long; the times are client-go's defaults.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>Namespace and name of the Lease.</summary>
    public required NamespacedName Lease { get; init; }

    /// <summary>This process, unlike any other that ever ran, such as <c>pod-name_guid</c>.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others leave a lease alone after they saw it renewed last.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader goes on without a successful renewal before it steps down; less than <see cref="LeaseDuration"/>.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time between renewals, and the longest time between tries to acquire a lease that can't be watched; those who wait come up to half of it earlier, so that they don't
    /// come all at once.
    /// </summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
