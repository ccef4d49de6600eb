namespace Firstline.DevServer.Store;

/// <summary>Files that only this user can read.</summary>
public static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, or closes the one that is there to others.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>Writes the file whole or not at all: the end of the process in the middle leaves the one from before.</summary>
    public static void Write(string path, string text)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using (StreamWriter file = new(fresh, options))
        {
            file.Write(text);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
