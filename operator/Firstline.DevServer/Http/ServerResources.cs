using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http;

/// <summary>What a server holds for as long as it runs, and lets go when it ends or does not come to run.</summary>
internal sealed class ServerResources : IDisposable
{
    /// <exception cref="DevServerException">The persistence folder cannot be used.</exception>
    public ServerResources(DevServerOptions options)
    {
        Journal = OpenJournal(options.PersistenceFolder);
        Certificate = options.Security == TransportSecurity.Tls ? ServerCertificate.Create(options.Time.GetUtcNow()) : null;
    }

    /// <summary>Null for a server in memory alone.</summary>
    public FolderJournal? Journal { get; }

    /// <summary>Null for plain HTTP.</summary>
    public ServerCertificate? Certificate { get; }

    /// <summary>Ends watches and workers.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    public void Dispose()
    {
        Journal?.Dispose();
        Certificate?.Dispose();
        Stopping.Dispose();
    }

    private static FolderJournal? OpenJournal(string? folder)
    {
        try
        {
            return folder is null ? null : FolderJournal.Open(folder);
        }
        catch (JournalException e)
        {
            throw new DevServerException(e.Message, e);
        }
    }
}
