namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>One entry of <c>metadata.managedFields</c>.</summary>
internal sealed record ManagedEntry(FieldManager Manager, string ApiVersion, DateTimeOffset? Time, FieldSet Fields)
{
    public bool Is(FieldManager manager, string apiVersion) =>
        Manager == manager && (manager.Operation == ManagedOperation.Apply || ApiVersion == apiVersion);
}
