using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Firstline.Faults;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Config;

public sealed class KubeConfigTests : IDisposable
{
    private const string Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Load_reads_the_current_context()
    {
        ClusterAccess access = Load(Config("token: " + Secret));

        access.Server.Should().Be(new Uri("https://host:6443/"));
        access.Namespace.Should().Be("shop");
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be(Secret);
        access.Source.Should().EndWith("k (context dev)");
    }

    [Theory]
    [InlineData("no YAML", "clusters: [", "*/k is not valid YAML: look at line 2, column 1")]
    [InlineData("no mapping", "- 1", "*/k is not a mapping*")]
    [InlineData("an empty file", "", "*/k holds no contexts: choose another kubeconfig, or add a cluster, a user and a context to it")]
    [InlineData("no contexts", "apiVersion: v1", "*/k holds no contexts: choose another kubeconfig, or add a cluster, a user and a context to it")]
    [InlineData("no context chosen", "contexts: [{name: dev, context: {cluster: c}}]", "*/k has no current-context: name one of dev")]
    [InlineData("unknown context", "current-context: prod\ncontexts: [{name: dev, context: {cluster: c}}]", "*/k has no context prod: it has dev")]
    [InlineData("unknown cluster", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c}}]", "*has no cluster c, which context dev names: it has no clusters at all")]
    [InlineData("cluster without server", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c}}]\nclusters: [{name: c, cluster: {a: b}}]", "*/k: clusters[c].cluster.server is missing: add it")]
    [InlineData("server that is no URL", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'host:1'}}]", "*clusters[c].cluster.server must be a URL such as https://host:6443")]
    [InlineData("proxy", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://h', proxy-url: 'http://p'}}]", "*clusters[c].cluster.proxy-url is not supported*")]
    [InlineData("unknown user", "current-context: dev\ncontexts: [{name: dev, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://h'}}]", "*has no user u, which context dev names*")]
    public void Load_says_in_one_sentence_what_is_wrong(string situation, string yaml, string message)
    {
        FluentActions.Invoking(() => Load(yaml)).Should().Throw<KubeConfigException>(situation).WithMessage(message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_says_that_a_folder_is_no_kubeconfig(bool isInEnvironment)
    {
        KubeConfigOptions options = new()
        {
            Path = isInEnvironment ? null : _folder.FullName,
            Environment = name => name == "KUBECONFIG" ? _folder.FullName : null,
            Clock = TimeProvider.System,
        };
        FluentActions.Invoking(() => KubeConfig.Load(options)).Should().Throw<KubeConfigException>()
            .WithMessage($"the kubeconfig {_folder.FullName} is a folder: name the file in it");
    }

    [Theory]
    [InlineData("CA data that is no base64", "certificate-authority-data: '" + Secret + "!'", "token: t", "*certificate-authority-data is not base64: copy it again")]
    [InlineData("CA data that is no certificate", "certificate-authority-data: aGVsbG8=", "token: t", "*certificate-authority-data holds no PEM certificate*")]
    [InlineData("CA file that is missing", "certificate-authority: gone.crt", "token: t", "*certificate-authority names */gone.crt, which cannot be read*")]
    [InlineData("insecure beside a CA", "certificate-authority-data: aGVsbG8=, insecure-skip-tls-verify: true", "token: t", "*contradicts the certificate authority*")]
    [InlineData("token file that is missing", "a: b", "tokenFile: gone", "*the token file */gone cannot be read*")]
    [InlineData("key that does not fit", "a: b", "client-certificate-data: aGVsbG8=, client-key-data: " + Secret + "0", "*client-certificate-data and its client-key are not a PEM certificate*")]
    [InlineData("auth provider", "a: b", "auth-provider: {name: gcp}", "*auth-provider is no longer part of Kubernetes*")]
    [InlineData("impersonation", "a: b", "as: root", "*as (impersonation) is not supported*")]
    [InlineData("exec of another version", "a: b", "exec: {apiVersion: x, command: y}", "*exec.apiVersion must be client.authentication.k8s.io/v1*")]
    public void Load_names_the_field_and_never_its_value(string situation, string cluster, string user, string message)
    {
        FluentActions.Invoking(() => Load(Config(user, cluster)))
            .Should().Throw<KubeConfigException>(situation).WithMessage(message).Which.Message.Should().NotContain(Secret);
    }

    [Fact]
    public async Task Load_merges_a_KUBECONFIG_list_with_the_first_word_winning()
    {
        string first = Write("first", "current-context: b\nusers: [{name: u, user: {token: first}}]");
        string second = Write("second", Config("token: second").Replace("dev", "a", StringComparison.Ordinal)
            + "\n" + "- {name: b, context: {cluster: c, user: u, namespace: from-b}}");
        ClusterAccess access = KubeConfig.Load(new KubeConfigOptions
        {
            Clock = TimeProvider.System,
            Environment = name => name == "KUBECONFIG" ? $"{first}{Path.PathSeparator}/does/not/exist{Path.PathSeparator}{second}" : null,
        });

        access.Namespace.Should().Be("from-b");
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be("first");
    }

    [Theory]
    [InlineData("a list of files that are not there", "/does/not/exist", "KUBECONFIG names /does/not/exist, which does not exist*")]
    [InlineData("nothing anywhere", null, "no cluster is configured: set KUBECONFIG or write*")]
    public void Load_without_a_configuration_says_where_it_looked(string situation, string? list, string message)
    {
        KubeConfigOptions options = new() { Clock = TimeProvider.System, Environment = name => name switch { "KUBECONFIG" => list, "HOME" => _folder.FullName, _ => null } };
        FluentActions.Invoking(() => KubeConfig.Load(options)).Should().Throw<KubeConfigException>(situation).WithMessage(message);
    }

    [Fact]
    public async Task Load_in_a_pod_reads_the_token_again_when_it_is_rotated()
    {
        ManualTimeProvider clock = new();
        Write("token", "one\n");
        Write("ca.crt", MountedSecret.Certificate("ca"));
        Write("namespace", "firstline");
        ClusterAccess access = KubeConfig.Load(new KubeConfigOptions
        {
            Environment = name => name switch { "KUBERNETES_SERVICE_HOST" => "10.0.0.1", "KUBERNETES_SERVICE_PORT" => "443", "HOME" => "/nowhere", _ => null },
            ServiceAccountFolder = _folder.FullName,
            Clock = clock,
        });
        (access.Server.ToString(), access.Namespace).Should().Be(("https://10.0.0.1/", "firstline"));
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be("one");

        Write("token", "second");
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be("one", "the file is not looked at for each request");
        clock.Advance(TimeSpan.FromSeconds(11));
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be("second");
        File.Delete(Path.Combine(_folder.FullName, "token"));
        clock.Advance(TimeSpan.FromSeconds(11));
        (await access.Credentials.GetAsync(Patience.Token)).Token.Should().Be("second", "half-way through a rotation the last token stays");
    }

    [Fact]
    public async Task Token_file_and_client_certificate_are_both_shown()
    {
        ManualTimeProvider clock = new();
        using X509Certificate2 certificate = TestCertificate.Create("me");
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        Write("token", "one");
        Write("me.crt", certificate.ExportCertificatePem());
        Write("me.key", key.ExportPkcs8PrivateKeyPem());
        ICredentials credentials = Load(Config("tokenFile: token, client-certificate: me.crt, client-key: me.key"), clock).Credentials;

        Credential shown = await credentials.GetAsync(Patience.Token);
        (shown.Token, shown.Certificate?.Subject).Should().Be(("one", "CN=me"));
        (await credentials.GetAsync(Patience.Token)).Should().BeSameAs(shown, "nothing was rotated");

        Write("token", "second");
        clock.Advance(TimeSpan.FromSeconds(11));
        Credential rotated = await credentials.GetAsync(Patience.Token);
        (rotated.Token, rotated.Certificate?.Subject).Should().Be(("second", "CN=me"));
    }

    [Fact]
    public async Task Exec_plugin_is_asked_again_only_when_its_token_expires()
    {
        ManualTimeProvider clock = new();
        string expires = clock.GetUtcNow().AddMinutes(10).ToString("O");
        Script("n=$(cat \"$0.n\" 2>/dev/null || echo 0); n=$((n+1)); echo $n > \"$0.n\"; echo '"
            + """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$n'","expirationTimestamp":"EXPIRES"}}""".Replace("EXPIRES", expires, StringComparison.Ordinal)
            + "'");
        ICredentials credentials = Load(Exec(), clock).Credentials;
        (await credentials.GetAsync(Patience.Token)).Token.Should().Be("t1");
        clock.Advance(TimeSpan.FromMinutes(9));
        (await credentials.GetAsync(Patience.Token)).Token.Should().Be("t1");
        clock.Advance(TimeSpan.FromMinutes(1));
        (await credentials.GetAsync(Patience.Token)).Token.Should().Be("t2");
        credentials.Renew().Should().BeFalse("a fresh token that is refused is no reason to run in a circle");
    }

    [Theory]
    [InlineData("it fails", "echo 'login needed for c2VjcmV0LXNlY3JldC1zZWNyZXQ' >&2; exit 3", "the credential plugin ./plugin of * ended with exit code 3: login needed for *")]
    [InlineData("it talks nonsense", "echo c2VjcmV0LXNlY3JldC1zZWNyZXQ", "*did not answer with JSON: run it by hand to see why")]
    [InlineData("it has nothing", """echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{}}'""", "*answered without a token or certificate*")]
    [InlineData("it hangs", "exec tail -f /dev/null", "*did not answer within 0.5 s: run it by hand to see why")]
    public async Task Exec_plugin_failure_is_one_sentence_when(string situation, string script, string message)
    {
        Script(script);

        // Only the one that hangs is to be waited out: on a busy machine a shell alone takes longer to start.
        ICredentials credentials = Load(Exec(), null, situation == "it hangs" ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromMinutes(1)).Credentials;
        Func<Task> get = () => credentials.GetAsync(Patience.Token).AsTask();

        (await get.Should().ThrowAsync<KubeConfigException>(situation)).WithMessage(message).Which.Message.Should().NotContain(Secret);
    }

    [Fact]
    public async Task Exec_plugin_that_hangs_is_what_a_request_tells_of()
    {
        Script("exec tail -f /dev/null");
        TimeSpan limit = TimeSpan.FromSeconds(0.5);
        using KubeClient client = new(Load(Exec(), null, limit), TimeProvider.System, new KubeClientOptions { RequestTimeout = limit });
        Func<Task> get = () => client.GetAsync(PodView.Type, new("shop", "a"), Patience.Token);

        (await get.Should().ThrowAsync<KubeException>()).WithMessage("cannot get pods shop/a: the credential plugin ./plugin of * did not answer within 0.5 s: run it by hand to see why")
            .Which.Kind.Should().Be(KubeErrorKind.Unauthorized, "trying again would only wait for it again");
    }

    [Fact]
    public async Task Exec_plugin_may_take_longer_than_a_request()
    {
        Script("echo asked > \"$0.asked\"; until [ -e \"$0.allowed\" ]; do sleep 0.01; done; echo '"
            + """{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"late"}}'""");
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        ClusterAccess access = new() { Server = server.Address, Credentials = Load(Exec(), null, TimeSpan.FromMinutes(1)).Credentials };
        using KubeClient client = new(access, clock);
        Task<KubeResponse> get = client.GetAsync(PodView.Type, new("shop", "a"), Patience.Token);
        CancellationToken limit = Patience.Token;
        while (!File.Exists(Path.Combine(_folder.FullName, "plugin.asked")))
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(31));   // a person who logs in
        Write("plugin.allowed", "");
        Exchange request = await server.NextAsync();
        request.Header("Authorization").Should().Be("Bearer late");
        await request.AnswerAsync(ServerJson.Pod("a", "1"));
        await get;
    }

    [Fact]
    public async Task Exec_plugin_that_is_missing_is_told_with_its_install_hint()
    {
        ICredentials credentials = Load(Exec(", installHint: 'get it from example.org'")).Credentials;
        Func<Task> get = () => credentials.GetAsync(Patience.Token).AsTask();

        (await get.Should().ThrowAsync<KubeConfigException>()).WithMessage("the credential plugin ./plugin of the kubeconfig * cannot be started (*): get it from example.org");
    }

    private static string Exec(string more = "") =>
        Config("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never" + more + "}");

    private static string Config(string user, string cluster = "a: b") =>
        $$"""
        current-context: dev
        clusters: [{name: c, cluster: {server: 'https://host:6443', {{cluster}} } }]
        users: [{name: u, user: { {{user}} } }]
        contexts:
        - {name: dev, context: {cluster: c, user: u, namespace: shop} }
        """;

    private ClusterAccess Load(string yaml, TimeProvider? clock = null, TimeSpan? execTimeout = null) => KubeConfig.Load(new KubeConfigOptions
    {
        Path = Write("k", yaml), Clock = clock ?? TimeProvider.System, ExecTimeout = execTimeout ?? TimeSpan.FromSeconds(10),
    });

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Script(string body)
    {
        string path = Write("plugin", "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
