namespace Firstline.DevServer.Store;

/// <summary>Says in words why a folder cannot be used.</summary>
public static class FolderProblem
{
    // What the systems say of a file that another process holds: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private const int LinuxHeld = 11;
    private const int MacHeld = 35;
    private const int WindowsHeld = unchecked((int)0x80070020);

    /// <param name="folder">The folder.</param>
    /// <param name="e">What happened when it was used.</param>
    /// <returns>One sentence without an end, such as <c>cannot write to /data: permission denied</c>.</returns>
    public static string Sentence(string folder, Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e switch
        {
            IOException { HResult: LinuxHeld or MacHeld or WindowsHeld } => $"another firstline dev uses this folder: {folder}",
            UnauthorizedAccessException => $"cannot write to {folder}: permission denied",
            DirectoryNotFoundException or FileNotFoundException => $"cannot write to {folder}: no folder can be made there",
            _ when File.Exists(folder) => $"cannot write to {folder}: it is a file",
            _ => $"cannot write to {folder}: {e.Message.TrimEnd('.')}",
        };
    }
}
