using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.EndToEnd.Tests.RealServer;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>What the container image holds, run as the Deployment runs it: another user, nothing to write to, its own ServiceAccount, the ConfigMap's file.</summary>
[Collection(EmptyCluster.Name)]
public sealed partial class PublishedOperatorTests(EmptyClusterFixture cluster) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("firstline-published-");

    private string App => Path.Combine(_folder.FullName, "app");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Operator_gets_ready_with_the_arguments_of_the_Deployment_without_writing_a_file_and_stops_on_SIGTERM()
    {
        Skip.If(OperatingSystem.IsWindows(), "the operator runs in Linux containers");
        await cluster.RequireInstalledAsync();
        // What was built for the tests: another build at the same time took minutes of theirs. The image's own is Release, which changes none of what is asked here.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await RunAsync("dotnet", ["publish", Path.Combine(Checkout.Folder, "operator/Firstline.Host"), "--no-build", "-c", configuration, "-o", App, "-v", "q", "-nologo"]);
        await PrepareAsync();
        string[] before = [.. Directory.EnumerateFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

        using Process operatorProcess = Process.Start(await StartInfoAsync())!;
        Task<string> complaints = operatorProcess.StandardError.ReadToEndAsync();
        Uri health = await HealthAsync(operatorProcess.StandardOutput, complaints);
        string ready = await ReadyAsync(health);
        Task<string> log = operatorProcess.StandardOutput.ReadToEndAsync();
        await RunAsync("kill", ["-TERM", operatorProcess.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await operatorProcess.WaitForExitAsync().WaitAsync(Limit);

        ready.Should().Contain("this instance holds the lease");
        operatorProcess.ExitCode.Should().Be(0, await complaints + await log);
        Directory.EnumerateFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Should().Equal(before);
    }

    private async Task PrepareAsync()
    {
        await OperatorLogin.WriteAsync(cluster.Kubectl, Path.Combine(_folder.FullName, "kubeconfig"));
        string configuration = await cluster.Kubectl.RunAsync("get configmap firstline-operator -n firstline-system -o jsonpath={.data.config\\.yaml}");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "config.yaml"), configuration);
        await RunAsync("chmod", ["-R", "a+rX,a-w", _folder.FullName]);
    }

    private async Task<ProcessStartInfo> StartInfoAsync()
    {
        JsonNode container = JsonNode.Parse(await cluster.Kubectl.RunAsync("get deployment firstline-operator -n firstline-system -o json"))!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        string program = Path.Combine(App, "Firstline.Host");
        IEnumerable<string> arguments = container["args"]!.AsArray().Select(a => ((string)a!).Replace("/etc/firstline/config", _folder.FullName, StringComparison.Ordinal));
        ProcessStartInfo start = Environment.UserName == "root"
            ? new("setpriv", ["--reuid=65532", "--regid=65532", "--clear-groups", program, .. arguments, "--health-port=0"])
            : new(program, [.. arguments, "--health-port=0"]);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (App, true, true);
        string path = Environment.GetEnvironmentVariable("PATH")!;
        start.Environment.Clear();
        foreach (JsonNode? variable in container["env"]!.AsArray())
        {
            start.Environment[(string)variable!["name"]!] = (string?)variable["value"] ?? "firstline-system";
        }

        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["TMPDIR"]) = (path, "/nonexistent", App);
        start.Environment["FIRSTLINE_KUBECONFIG"] = Path.Combine(_folder.FullName, "kubeconfig");
        return start;
    }

    private static async Task<Uri> HealthAsync(StreamReader log, Task<string> complaints)
    {
        using CancellationTokenSource stop = new(Limit);
        while (await log.ReadLineAsync(stop.Token) is { } line)
        {
            if (Started().Match(line) is { Success: true } match)
            {
                return new Uri($"http://127.0.0.1:{match.Groups[1].Value}");
            }
        }

        throw new InvalidOperationException($"the operator ended: {await complaints}");
    }

    private static async Task<string> ReadyAsync(Uri health)
    {
        using HttpClient client = new() { BaseAddress = health };
        using CancellationTokenSource stop = new(Limit);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/readyz?verbose", UriKind.Relative), stop.Token);
            string text = await answer.Content.ReadAsStringAsync(stop.Token);
            if (answer.IsSuccessStatusCode && text.Contains("this instance", StringComparison.Ordinal))
            {
                return text;
            }

            await again.WaitForNextTickAsync(stop.Token);
        }
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0} said: {1}", program, output + await error);
    }

    [GeneratedRegex(@"Started: health at http://0\.0\.0\.0:([0-9]+)")]
    private static partial Regex Started();
}
