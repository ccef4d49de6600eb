using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Security;

/// <summary>
/// Certificates and tokens that last from one run to the next, so that a client that knows the server need not learn it anew: <c>authority.pem</c> and
/// <c>server.pem</c>, each a certificate with its key, and <c>tokens.json</c>. Only this user can read them.
/// </summary>
/// <remarks>A file that cannot be read as what it should be, or a certificate that ends soon, is made anew; a new authority means a new server certificate.</remarks>
internal sealed class KeptCredentials
{
    private readonly string _folder;

    private KeptCredentials(string folder) => _folder = folder;

    private string AuthorityFile => Path.Combine(_folder, "authority.pem");

    private string ServerFile => Path.Combine(_folder, "server.pem");

    private string TokenFile => Path.Combine(_folder, "tokens.json");

    /// <exception cref="DevServerException">The folder cannot be made or is not this user's.</exception>
    public static KeptCredentials Open(string folder) => Try(folder, () =>
    {
        PrivateFiles.CreateFolder(folder);
        return new KeptCredentials(folder);
    });

    /// <summary>The kept certificate, or the part of it that is still good with a new rest.</summary>
    /// <exception cref="DevServerException">The folder cannot be read or written.</exception>
    public ServerCertificate Certificate(DateTimeOffset now) => Try(_folder, () =>
    {
        ServerCertificate found = ServerCertificate.Create(now, Read(AuthorityFile), Read(ServerFile));
        PrivateFiles.Write(AuthorityFile, found.AuthorityWithKeyPem);
        PrivateFiles.Write(ServerFile, found.ServerWithKeyPem);
        return found;
    });

    /// <summary>The users, each with the token of the time before; those who had none get one.</summary>
    /// <exception cref="DevServerException">The folder cannot be read or written.</exception>
    public ImmutableArray<DevUser> WithTokens(IEnumerable<DevUser> users) => Try(_folder, () =>
    {
        JsonObject tokens = ReadTokens();
        ImmutableArray<DevUser> known = [.. users.Select(user => user with { Token = user.Token ?? Text(tokens[user.Name]) ?? TokenAuthenticator.NewToken() })];
        foreach (DevUser user in known)
        {
            tokens[user.Name] = user.Token;
        }

        PrivateFiles.Write(TokenFile, tokens.ToJsonString());
        return known;
    });

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private JsonObject ReadTokens()
    {
        try
        {
            return Read(TokenFile) is { } text && JsonNode.Parse(text) is JsonObject tokens ? tokens : [];
        }
        catch (JsonException)
        {
            return [];   // cut off or overwritten: nobody's token can be known from it
        }
    }

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    private static T Try<T>(string folder, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DevServerException($"{FolderProblem.Sentence(folder, e)}; choose another folder", e);
        }
    }
}
