using System.Diagnostics;
using Firstline.Testing;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>A server, and the real kubectl pointed at it with a home of its own.</summary>
public abstract class KubectlServer : IAsyncLifetime
{
    private const string Definition = "crd/widgets.example.dev";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly string _home = Directory.CreateTempSubdirectory("firstline-kubectl-").FullName;
    private readonly string _prefix = $"kubectl-{Guid.NewGuid():n}"[..14];
    private string? _kubeconfig;
    private bool _hasControllers;
    private int _namespaces;

    /// <summary>Whether there is a kubectl to test with.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    public async Task InitializeAsync()
    {
        _kubeconfig = IsInstalled ? await StartAsync(_home) : null;
        if (_kubeconfig is not null)
        {
            await MustAsync("create -f -", KubectlManifests.Widgets.Replace("{name: widgets.example.dev}", $"{{name: widgets.example.dev, labels: {TestRun.Labels}}}", StringComparison.Ordinal));
            await MustAsync($"wait --for condition=established --timeout 20s {Definition}");
            await DescribedAsync();
            _hasControllers = (await RunAsync("get configmap kube-root-ca.crt --namespace default")).ExitCode == 0;
        }
    }

    public async Task DisposeAsync()
    {
        if (_kubeconfig is not null)
        {
            await MustAsync($"delete {Definition} {string.Join(' ', Enumerable.Range(1, _namespaces).Select(n => $"namespace/{_prefix}-{n}"))} --wait=false --ignore-not-found");
        }

        await StopAsync();
        Directory.Delete(_home, recursive: true);
    }

    /// <summary>A new namespace for one test.</summary>
    public async Task<KubectlNamespace> NamespaceAsync()
    {
        Skip.IfNot(IsInstalled, "kubectl is not on the PATH; install kubectl to run this test");
        Skip.If(_kubeconfig is null, Absence);
        string name = $"{_prefix}-{Interlocked.Increment(ref _namespaces)}";
        await MustAsync("create -f -", TestRun.Namespace(name));
        return new KubectlNamespace(this, name);
    }

    /// <summary>A new namespace for a test that controllers would disturb; skips the test where they run beside the server.</summary>
    public Task<KubectlNamespace> AloneAsync()
    {
        Skip.If(_hasControllers, "controllers run beside this server and would meddle");
        return NamespaceAsync();
    }

    /// <summary>Why there is no server.</summary>
    protected abstract string Absence { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="home">Folder for its files.</param>
    /// <returns>The kubeconfig; null where there is no server.</returns>
    protected abstract Task<string?> StartAsync(string home);

    protected abstract Task StopAsync();

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

        start.Environment["KUBECONFIG"] = _kubeconfig;
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

    // A real server describes a new kind a moment after it has begun to serve it.
    private async Task DescribedAsync()
    {
        using CancellationTokenSource limit = new(Limit);
        while ((await RunAsync("explain widgets.example.dev")).ExitCode != 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task MustAsync(string arguments, string? input = null)
    {
        KubectlResult result = await KubectlWords.AnswerAsync(() => RunAsync(arguments, input), static r => r.All);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"kubectl {arguments} said: {result.All}");
        }
    }

    private static IEnumerable<string> Split(string arguments) => arguments.Split('\'')
        .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
