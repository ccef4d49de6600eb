namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>How a manager came to own its fields.</summary>
internal enum ManagedOperation
{
    Apply,
    Update,
}
