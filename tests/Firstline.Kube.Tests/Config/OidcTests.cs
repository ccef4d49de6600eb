using System.Buffers.Text;
using System.Text;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Config;

/// <summary>OIDC tokens that kubectl keeps in a person's kubeconfig.</summary>
public sealed class OidcTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    private string KubeConfigFile => Path.Combine(_folder.FullName, "k");

    [Fact]
    public async Task Token_is_used_until_it_ends_and_read_again_once_kubectl_has_renewed_it()
    {
        string first = Token("first", _clock.GetUtcNow().AddMinutes(10));
        ICredentials credentials = Load(first);
        (await credentials.GetAsync(Patience.Token)).Token.Should().Be(first);

        _clock.Advance(TimeSpan.FromMinutes(10));
        string second = Token("second", _clock.GetUtcNow().AddMinutes(10));
        Write(second);

        (await credentials.GetAsync(Patience.Token)).Token.Should().Be(second);
    }

    [Fact]
    public async Task Token_that_the_server_refuses_is_looked_up_again()
    {
        ICredentials credentials = Load(Token("first", _clock.GetUtcNow().AddMinutes(10)));
        await credentials.GetAsync(Patience.Token);
        string second = Token("second", _clock.GetUtcNow().AddMinutes(20));
        Write(second);

        credentials.Renew().Should().BeTrue();

        (await credentials.GetAsync(Patience.Token)).Token.Should().Be(second);
    }

    [Fact]
    public async Task Token_that_has_ended_is_told_with_its_end_and_what_to_do_and_nothing_is_sent()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        string token = Token("old", _clock.GetUtcNow().AddMinutes(1));
        using KubeClient client = new(new() { Server = server.Address, Credentials = Load(token) }, _clock, new KubeClientOptions { MaxRetries = 0 });
        string end = _clock.GetUtcNow().AddMinutes(1).ToString("u");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Func<Task> get = () => client.RawAsync("/version", Patience.Token);

        KubeException refused = (await get.Should().ThrowAsync<KubeException>()).Which;
        refused.Kind.Should().Be(KubeErrorKind.Unauthorized);
        refused.Message.Should().Contain($"the OIDC token of user u ended at {end}: run any kubectl command as this user, which renews it there, or log in again").And.NotContain(token);
        server.IsIdle.Should().BeTrue();
    }

    [Theory]
    [InlineData("no token", "{}", "*users[u].user.auth-provider.config.id-token is missing: log in once with kubectl, which writes it there")]
    [InlineData("an empty configuration", "", "*config.id-token is missing*")]
    [InlineData("a token that is none", "{id-token: c2VjcmV0}", "*config.id-token is no JSON web token that says when it ends: log in again with kubectl")]
    [InlineData("a token without an end", "{id-token: e30.e30.e30}", "*config.id-token is no JSON web token that says when it ends*")]
    [InlineData("a token that is no base64", "{id-token: a.%.c}", "*config.id-token is no JSON web token that says when it ends*")]
    public void Load_says_in_one_sentence_what_is_wrong(string situation, string config, string message) =>
        FluentActions.Invoking(() => LoadConfig(config)).Should().Throw<KubeConfigException>(situation).WithMessage(message).Which.Message.Should().NotContain("c2VjcmV0");

    private static string Token(string id, DateTimeOffset expires) =>
        $"{Part("""{"alg":"none"}""")}.{Part($$"""{"jti":"{{id}}","exp":{{expires.ToUnixTimeSeconds()}}}""")}.{Part("signature")}";

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private ICredentials Load(string token) => LoadConfig($"{{id-token: {token}, refresh-token: r}}");

    private ICredentials LoadConfig(string config)
    {
        WriteConfig(config);
        return KubeConfig.Load(new KubeConfigOptions { Path = KubeConfigFile, Clock = _clock }).Credentials;
    }

    private void Write(string token) => WriteConfig($"{{id-token: {token}, refresh-token: r2}}");

    private void WriteConfig(string config) => File.WriteAllText(KubeConfigFile,
        $$"""
        current-context: dev
        clusters: [{name: c, cluster: {server: 'https://host:6443'} }]
        users: [{name: u, user: {auth-provider: {name: oidc, config: {{config}} } } }]
        contexts: [{name: dev, context: {cluster: c, user: u} }]
        """);
}
