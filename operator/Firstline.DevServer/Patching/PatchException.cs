namespace Firstline.DevServer.Patching;

/// <summary>A patch that cannot be read, or cannot be applied to this object.</summary>
internal sealed class PatchException(PatchFailure failure, string message) : Exception(message)
{
    public PatchFailure Failure { get; } = failure;
}
