namespace Firstline.Host.Outside;

/// <summary>A place that runbooks may probe.</summary>
/// <param name="Name">The name that a runbook gives.</param>
/// <param name="Address">An http or https address in which <c>{namespace}</c> and <c>{name}</c> stand for those of the target.</param>
/// <param name="AuthorityFile">PEM file with the authority of its certificate; null for those that the system trusts.</param>
internal sealed record ProbeDestination(string Name, string Address, string? AuthorityFile);
