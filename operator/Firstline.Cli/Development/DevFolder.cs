using System.Security.Cryptography;
using Firstline.Cli.Terminal;
using Firstline.Host.Logs;

namespace Firstline.Cli.Development;

/// <summary>Where a development environment keeps its files: kubeconfig, webhook token, log, and the objects when they are to last.</summary>
internal sealed class DevFolder : IDisposable
{
    private bool _isTemporary;

    private DevFolder(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    public string Path { get; }

    public string Kubeconfig => In("kubeconfig");

    public string Token => In("webhook-token");

    public string Log => In("operator.log");

    /// <summary>Folder of the API server's objects; null when they are kept in memory.</summary>
    public string? Objects { get; private init; }

    /// <summary>Opens the folder, or a new one of this user's own for the time of the run, and writes a fresh webhook token into it.</summary>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    public static DevFolder Open(string? path)
    {
        try
        {
            string full = path is null ? Directory.CreateTempSubdirectory("firstline-").FullName : Directory.CreateDirectory(path).FullName;
            DevFolder folder = new(full, path is null) { Objects = path is null ? null : System.IO.Path.Combine(full, "objects") };
            WriteSecret(folder.Token, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant());
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the data folder {path} cannot be used: {e.Message.TrimEnd('.')}; choose another with --data", e);
        }
    }

    /// <summary>Log lines of all that runs in this process go to a file, so that they do not get into what is on the screen.</summary>
    public ILoggerFactory CreateLog(TimeProvider clock) => LoggerFactory.Create(logging =>
    {
        OperatorLogging.Quieten(logging);
        logging.AddProvider(new FileLogProvider(Log, clock));
    });

    /// <summary>Leaves the files for the person who looks into what went wrong.</summary>
    public void Keep() => _isTemporary = false;

    public void Dispose()
    {
        // A cleaner of temporary folders may have been faster.
        if (_isTemporary && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Writes a file that only this user can read.</summary>
    private static void WriteSecret(string file, string text)
    {
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
