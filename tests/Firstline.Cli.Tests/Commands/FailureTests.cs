using System.Net;
using System.Net.Sockets;
using Firstline.Api.Meta;
using Firstline.Cli.Commands;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Commands;

/// <summary>What goes wrong outside the command is one sentence on standard error and exit code 2, never a stack trace.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("an unknown command", "firstline: there is no command or option demonstrate: see firstline --help\n", "demonstrate")]
    [InlineData("an unknown option", "firstline: there is no command or option --ports: see firstline dev --help\n", "dev", "--ports", "1")]
    [InlineData("a missing argument", "firstline: Required argument missing*", "approve")]
    [InlineData("another kind", "firstline: Argument 'pod' not recognized*", "show", "pod", "x")]
    [InlineData("an option of the operator with a value that does not fit", "firstline: --health-port cannot be 'x': a port is a number*", "run", "--health-port", "x")]
    [InlineData("a port beyond the last", "firstline: --port is a number from 0 to 65535; 0 takes a free one\n", "dev", "--port", "99999")]
    [InlineData("a port before the first", "firstline: --port is a number from 0 to 65535; 0 takes a free one\n", "dev", "--port=-1")]
    [InlineData("a speed without end", "firstline: --speed must be more than 0; 1 is a real cluster\n", "dev", "--speed", "Infinity")]
    [InlineData("a speed that stands still", "firstline: --speed must be more than 0; 1 is a real cluster\n", "dev", "--speed", "0")]
    public async Task RunAsync_says_what_is_wrong_with_the_usage(string situation, string message, params string[] arguments)
    {
        (int exitCode, _, string error) = await CommandLine.RunAsync(arguments);

        exitCode.Should().Be(2, situation);
        error.Should().Match(message);
        error.Trim().Should().NotContain("\n");
    }

    [Theory]
    [InlineData("show", "inc", "x")]
    [InlineData("approve", "x")]
    [InlineData("run")]
    public async Task RunAsync_says_that_a_kubeconfig_does_not_exist(params string[] arguments)
    {
        (int exitCode, _, string error) = await CommandLine.RunAsync([.. arguments, "--kubeconfig", "/no/such/kubeconfig"]);

        (exitCode, error).Should().Be((2, "firstline: the kubeconfig /no/such/kubeconfig does not exist: check the path\n"));
    }

    [Theory]
    [InlineData("show", "inc", "x")]
    [InlineData("run", "--health-port", "0")]
    public async Task RunAsync_says_that_the_kubeconfig_points_nowhere(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        int port = FreePort();

        (int exitCode, _, string error) = await CommandLine.RunAsync([.. arguments, "--kubeconfig", folder.Write("kubeconfig", Kubeconfig(port))]);

        exitCode.Should().Be(2);
        error.Should().Contain($"127.0.0.1:{port}");
        error.Split("or choose another").Should().HaveCount(2, "one piece of advice is enough");
        error.Trim().Should().NotContain("\n");
    }

    [Fact]
    public async Task Help_of_run_says_that_it_does_not_wait_for_what_is_missing()
    {
        (_, string output, _) = await CommandLine.RunAsync("run", "--help");

        output.ReplaceLineEndings(" ").Should().MatchRegex(@"wait at start for the API server\s+and\s+the\s+custom\s+resources\.\s+Default:\s+0s,\s+to\s+say\s+at\s+once\s+what\s+is\s+missing\.");
    }

    [Fact]
    public async Task Run_says_that_the_custom_resources_are_not_installed()
    {
        using TemporaryFolder folder = new();
        await using DevApiServer server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);

        (int exitCode, _, string error) = await CommandLine.RunAsync("run", "--health-port", "0", "--kubeconfig", server.WriteKubeconfig(folder.File("kubeconfig")));

        (exitCode, error).Should().Be((
            2, "firstline: the custom resource incidents.firstline.dev is not installed: run kubectl apply -k config/default (or kubectl apply -f crds/)\n"));
    }

    [Fact]
    public async Task Run_names_all_that_it_may_not_read_and_what_to_type_when_its_patience_ends()
    {
        using TemporaryFolder folder = new();
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions
            {
                Time = TimeProvider.System,
                Users = [new DevUser("alice", [])],
                Authorize = static q => q.User.Name != "alice" || q is not { Resource: "pods" or "deployments", Verb: "list" },
            },
            CancellationToken.None);
        string kubeconfig = server.WriteKubeconfig(folder.File("kubeconfig"));
        using (KubeClient admin = new(KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = TimeProvider.System }), TimeProvider.System))
        {
            await new Seed(admin, TimeProvider.System).PlantAsync("firstline-system", 1, CancellationToken.None);
        }

        (int exitCode, _, string error) = await CommandLine.RunAsync(
            "run", "--health-port", "0", "--startup-timeout", "1s", "--kubeconfig", kubeconfig, "--context", "alice");

        (exitCode, error).Should().Be((2, "firstline: the operator may not list deployments.apps, pods: run kubectl apply -k config/rbac\n"));
    }

    [Theory]
    [InlineData("show", "inc", "x")]
    [InlineData("approve", "x")]
    public async Task RunAsync_says_that_the_kind_is_not_installed(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        await using DevApiServer server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);

        (int exitCode, _, string error) = await CommandLine.RunAsync([.. arguments, "--kubeconfig", server.WriteKubeconfig(folder.File("kubeconfig"))]);

        exitCode.Should().Be(2);
        error.Should().EndWith("are the custom resources installed? kubectl apply -f crds/\n");
    }

    [Theory]
    [InlineData("show", "inc", "x")]
    [InlineData("approve", "x")]
    public async Task RunAsync_says_what_to_do_when_the_credentials_are_not_accepted(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        await using DevApiServer server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, AdminToken = "right" }, CancellationToken.None);
        string kubeconfig = folder.Write("kubeconfig", server.KubeconfigText.Replace("right", "wrong", StringComparison.Ordinal));

        (int exitCode, _, string error) = await CommandLine.RunAsync([.. arguments, "--kubeconfig", kubeconfig]);

        exitCode.Should().Be(2);
        error.Should().EndWith("log in anew, or choose another with --kubeconfig or --context\n").And.NotContain("wrong", "a token is a secret");
    }

    [Fact]
    public void Sentence_asks_for_the_custom_resources_when_the_server_knows_no_such_path()
    {
        // What a cluster answers for a group that it does not have: no Status, but text.
        KubeException e = new(KubeErrorKind.NotFound, "cannot get incidents.firstline.dev shop/x: HTTP 404: 404 page not found", null);

        ClusterProblem.Sentence(e).Should().EndWith("are the custom resources installed? kubectl apply -f crds/");
    }

    [Fact]
    public void Sentence_names_the_option_of_the_namespace_when_the_object_is_not_found()
    {
        KubeException e = new(KubeErrorKind.NotFound, "cannot get incidents.firstline.dev default/x: not found", new Status { Details = new StatusDetails { Name = "x" } });

        ClusterProblem.Sentence(e).Should().EndWith("default/x: not found: if it is in another namespace, name that with -n");
    }

    [Fact]
    public async Task Run_says_that_a_port_is_in_use_and_which_option_changes_it()
    {
        using TemporaryFolder folder = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (int exitCode, _, string error) = await CommandLine.RunAsync("run", "--health-port", $"{port}", "--kubeconfig", folder.Write("kubeconfig", Kubeconfig(FreePort())));

        (exitCode, error).Should().Be((2, $"firstline: port {port} of 127.0.0.1 is in use by another program: choose another with --health-port\n"));
    }

    [Fact]
    public async Task Dev_says_that_its_folder_cannot_be_used()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", "");

        (int exitCode, _, string error) = await CommandLine.RunAsync("dev", "--data", file);

        exitCode.Should().Be(2);
        error.Should().Be($"firstline: cannot write to {file}: it is a file; choose another with --data\n");
    }

    [Theory]
    [InlineData("operator.log")]
    [InlineData("kubeconfig")]
    public async Task Dev_says_which_file_it_cannot_write_and_lets_go_of_its_port(string name)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File(name));   // refuses even who may write everywhere
        int port = FreePort();

        (int exitCode, _, string error) = await CommandLine.RunAsync("dev", "--data", folder.Path, "--port", $"{port}");

        (exitCode, error).Should().Be((
            2, $"firstline: a file cannot be used: Access to the path '{folder.File(name)}' is denied: check that its folder exists, may be written to and is not full\n"));
        using TcpListener again = new(IPAddress.Loopback, port);
        again.Invoking(static l => l.Start()).Should().NotThrow("the server must have ended");
    }

    [Theory]
    [InlineData("--out", "results.jsonl")]
    [InlineData("--log", "evaluate.log")]
    public async Task Evaluate_says_which_file_it_cannot_write_before_it_runs_the_cases(string option, string name)
    {
        using TemporaryFolder folder = new();
        folder.Write("case.json", "{}");
        folder.Write("objects.json", """{"items": [{"kind": "Unknown"}]}""");   // which no case run gets past
        string file = Path.Combine(folder.Path, "missing", name);

        (int exitCode, _, string error) = await CommandLine.RunAsync("evaluate", folder.Path, option, file);

        (exitCode, error).Should().Be((
            2, $"firstline: a file cannot be used: Could not find a part of the path '{file}': check that its folder exists, may be written to and is not full\n"));
    }

    [Fact]
    public async Task Dev_says_that_another_uses_its_folder_and_leaves_that_one_its_files()
    {
        using TemporaryFolder folder = new();
        string token = folder.Write("webhook-token", "kept");
        await using DevApiServer other = await DevApiServer.StartAsync(
            new DevServerOptions { Time = TimeProvider.System, PersistenceFolder = folder.File("objects") }, CancellationToken.None);

        (int exitCode, _, string error) = await CommandLine.RunAsync("dev", "--data", folder.Path);

        (exitCode, error).Should().Be((2, $"firstline: another firstline dev uses this folder: {folder.File("objects")}; choose another folder\n"));
        (await File.ReadAllTextAsync(token)).Should().Be("kept");
    }

    [Fact]
    public async Task RunAsync_says_that_it_was_stopped()
    {
        using StringWriter error = new();

        int exitCode = await FirstlineCommand.RunAsync(["dev"], Screen.Of(TextWriter.Null, error, isRedirected: true), new CancellationToken(canceled: true));

        (exitCode, error.ToString()).Should().Be((130, "firstline: stopped\n"));
    }

    [Fact]
    public async Task Dev_says_that_its_port_is_in_use()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (int exitCode, _, string error) = await CommandLine.RunAsync("dev", "--port", $"{port}");

        exitCode.Should().Be(2);
        error.Should().StartWith($"firstline: port {port} of 127.0.0.1 cannot be used");
        error.Trim().Should().NotContain("\n");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Kubeconfig(int port) =>
        $$$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:{{{port}}}"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """;
}
