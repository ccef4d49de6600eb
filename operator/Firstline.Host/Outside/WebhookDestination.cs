namespace Firstline.Host.Outside;

/// <summary>A webhook that runbooks may call.</summary>
/// <param name="Name">The name that a runbook gives.</param>
/// <param name="Address">An http or https address.</param>
/// <param name="KeyFile">File with the key that calls are signed with; as it is, or in base64 behind <c>whsec_</c>.</param>
/// <param name="AuthorityFile">PEM file with the authority of its certificate; null for those that the system trusts.</param>
internal sealed record WebhookDestination(string Name, string Address, string KeyFile, string? AuthorityFile);
