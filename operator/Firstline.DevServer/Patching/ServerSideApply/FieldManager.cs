namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Who writes.</summary>
/// <param name="Name">As the request's <c>fieldManager</c>, or its user agent, says.</param>
/// <param name="Operation">Server-side apply, or any other write.</param>
/// <param name="Subresource">Such as <c>status</c>; empty for the main resource.</param>
internal sealed record FieldManager(string Name, ManagedOperation Operation, string Subresource);
