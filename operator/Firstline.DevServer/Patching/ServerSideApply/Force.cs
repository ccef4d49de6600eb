namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Whether an apply takes over fields of other managers.</summary>
internal enum Force
{
    No,
    Yes,
}
