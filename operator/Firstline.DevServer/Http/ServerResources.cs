using System.Collections.Immutable;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http;

/// <summary>What a server holds for as long as it runs, and lets go when it ends or does not come to run.</summary>
internal sealed class ServerResources : IDisposable
{
    /// <exception cref="DevServerException">A folder cannot be used.</exception>
    public ServerResources(DevServerOptions options)
    {
        Journal = OpenJournal(options.PersistenceFolder);
        try
        {
            KeptCredentials? kept = options.CredentialsFolder is { } folder ? KeptCredentials.Open(folder) : null;
            Users = kept?.WithTokens(AllUsers(options)) ?? AllUsers(options);
            Certificate = options.Security == TransportSecurity.None ? null : kept?.Certificate(options.Time.GetUtcNow()) ?? ServerCertificate.Create(options.Time.GetUtcNow());
        }
        catch
        {
            Journal?.Dispose();
            throw;
        }
    }

    /// <summary>Null for a server in memory alone.</summary>
    public FolderJournal? Journal { get; }

    /// <summary>Null for plain HTTP.</summary>
    public ServerCertificate? Certificate { get; }

    /// <summary>The administrator first; those without a token get one of the server's making.</summary>
    public ImmutableArray<DevUser> Users { get; }

    /// <summary>Ends watches and workers.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    public void Dispose()
    {
        Journal?.Dispose();
        Certificate?.Dispose();
        Stopping.Dispose();
    }

    private static ImmutableArray<DevUser> AllUsers(DevServerOptions options) => [DevUser.Admin with { Token = options.AdminToken }, .. options.Users];

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
