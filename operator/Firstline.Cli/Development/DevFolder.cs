using System.Security.Cryptography;
using Firstline.Cli.Terminal;
using Firstline.DevServer.Store;
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

    /// <summary>Folder of the API server's certificates and tokens; null when they end with the run.</summary>
    public string? Credentials { get; private init; }

    /// <summary>Opens the folder, or a new one of this user's own for the time of the run, with a webhook token that lasts as long as the folder.</summary>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    public static DevFolder Open(string? path)
    {
        try
        {
            string full = path is null ? Directory.CreateTempSubdirectory("firstline-").FullName : System.IO.Path.GetFullPath(path);
            if (!Directory.Exists(full))
            {
                PrivateFiles.CreateFolder(full);   // one that is there stays as its owner wants it: what is secret lies in closed folders and files of its own
            }

            DevFolder folder = new(full, path is null)
            {
                Objects = path is null ? null : System.IO.Path.Combine(full, "objects"),
                Credentials = path is null ? null : System.IO.Path.Combine(full, "credentials"),
            };
            if (!File.Exists(folder.Token))
            {
                PrivateFiles.Write(folder.Token, RandomNumberGenerator.GetHexString(32, lowercase: true));
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{FolderProblem.Sentence(path ?? System.IO.Path.GetTempPath(), e)}; choose another with --data", e);
        }
    }

    /// <summary>Log lines of all that runs in this process go to a file, so that they do not get into what is on the screen.</summary>
    public ILoggerFactory CreateLog(TimeProvider clock) => LoggerFactory.Create(logging =>
    {
        OperatorLogging.Quieten(logging);
        logging.AddProvider(new FileLogProvider(Log, clock, Console.Error));
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

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
