using System.Diagnostics;
using Firstline.DevServer.Http;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>A dev server, and the real kubectl pointed at it with a home of its own.</summary>
public sealed class KubectlServer : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _home = Directory.CreateTempSubdirectory("firstline-kubectl-").FullName;
    private DevApiServer? _server;
    private int _namespaces;

    /// <summary>Whether there is a kubectl to test with.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    public async Task InitializeAsync()
    {
        if (IsInstalled)
        {
            _server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);
            _server.WriteKubeconfig(Path.Combine(_home, "config"));
            await MustAsync("create -f -", KubectlManifests.Widgets);
            await MustAsync("wait --for condition=established --timeout 20s crd/widgets.example.dev");
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_home, recursive: true);
    }

    /// <summary>A new namespace for one test.</summary>
    public async Task<KubectlNamespace> NamespaceAsync()
    {
        Skip.IfNot(IsInstalled, "kubectl is not on the PATH; install kubectl to run this test");
        string name = $"test-{Interlocked.Increment(ref _namespaces)}";
        await MustAsync($"create namespace {name}");
        return new KubectlNamespace(this, name);
    }

    /// <param name="arguments">As one types them, separated by spaces; single quotes keep words together.</param>
    /// <param name="input">What kubectl reads; null for nothing.</param>
    /// <param name="environment">One more variable, as <c>NAME=value</c>.</param>
    public async Task<KubectlResult> RunAsync(string arguments, string? input = null, string? environment = null)
    {
        ProcessStartInfo start = new("kubectl") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in Split(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["KUBECONFIG"] = Path.Combine(_home, "config");
        start.Environment["HOME"] = _home;
        if (environment?.Split('=', 2) is [string name, string value])
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("kubectl cannot be started");
        using CancellationTokenSource limit = new(Limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        return new KubectlResult(process.ExitCode, await output, await error);
    }

    /// <summary>Writes a file into the home.</summary>
    /// <returns>Its path.</returns>
    public string WriteFile(string name, string text)
    {
        string path = Path.Combine(_home, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task MustAsync(string arguments, string? input = null)
    {
        KubectlResult result = await RunAsync(arguments, input);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"kubectl {arguments} said: {result.All}");
        }
    }

    private static IEnumerable<string> Split(string arguments) => arguments.Split('\'')
        .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
