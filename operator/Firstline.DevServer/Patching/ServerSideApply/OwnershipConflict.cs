namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>A field that an apply would change although another manager owns it.</summary>
/// <param name="Owner">The other manager's entry.</param>
/// <param name="Path">Such as <c>.spec.replicas</c>.</param>
internal sealed record OwnershipConflict(ManagedEntry Owner, string Path);
