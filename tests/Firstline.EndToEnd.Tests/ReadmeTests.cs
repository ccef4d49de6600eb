using System.Diagnostics;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>The README's commands do what it says, typed in the folder it says.</summary>
public sealed class ReadmeTests
{
    private const string Run = "    dotnet run --project operator/Firstline.Cli -- ";
    private const string Manifests = "operator/Firstline.Cli/Demo/Manifests";

    [Fact]
    public async Task Offline_commands_work_as_written()
    {
        string[] commands = LinesOf("Five-minute tour", Run);
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        commands.Should().NotBeEmpty();
        foreach (string command in commands)
        {
            // But for the build: another one at the same time would be in the way of the tests.
            (int exitCode, _, string error) = await ShellAsync(command.Replace("dotnet run ", $"dotnet run --no-build -c {configuration} ", StringComparison.Ordinal), "");
            (exitCode, error).Should().Be((0, ""), command.Trim());
        }
    }

    [SkippableFact]
    public async Task Tour_works_as_written_where_the_demo_has_told_its_story()
    {
        Skip.IfNot((await ShellAsync("command -v kubectl", "")).ExitCode == 0, "kubectl is not on the PATH; install kubectl to run this test");
        using CancellationTokenSource limit = new(Loop.Limit);
        await using Loop loop = await Loop.StartAsync(TimeProvider.System, 5);
        await ShellAsync($"kubectl apply -f {Manifests}/shop.yaml -f {Manifests}/by-hand.yaml", loop.Kubeconfig);
        await loop.HealthyAsync("web");

        string said = await TourAsync(loop.Kubeconfig, limit.Token);

        said.Should().ContainAll("wrong-prices", "FIELD: hypotheses", "deployment.apps/checkout replaced", " annotated", " condition met", "remediationpolicy.firstline.dev/default patched");
    }

    /// <summary>Types the lines one after the other, with the name of the request that the line with <c>--watch</c> shows.</summary>
    /// <returns>What they printed.</returns>
    private static async Task<string> TourAsync(string kubeconfig, CancellationToken ct)
    {
        string said = "";
        string request = "NAME";
        foreach (string line in LinesOf("Five-minute tour", "    kubectl "))
        {
            if (line.Contains(" --watch ", StringComparison.Ordinal))
            {
                request = await WaitingAsync(line, kubeconfig, ct);
                continue;
            }

            string command = line.Replace("NAME", request, StringComparison.Ordinal);
            (int exitCode, string output, string error) = await ShellAsync(command, kubeconfig);
            exitCode.Should().Be(0, "{0} printed {1}{2}", command, output, error);
            said += output;
        }

        return said;
    }

    /// <summary>Watches until a request waits for approval, and ends the watch as Ctrl-C does.</summary>
    /// <returns>Its name.</returns>
    private static async Task<string> WaitingAsync(string command, string kubeconfig, CancellationToken ct)
    {
        using Process process = Start("exec " + command.Trim(), kubeconfig);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(ct);
            while (line?.Contains(" AwaitingApproval ", StringComparison.Ordinal) == false)
            {
                line = await process.StandardOutput.ReadLineAsync(ct);
            }

            return line?.Split(' ')[0] ?? throw new InvalidOperationException($"{command} ended: {await process.StandardError.ReadToEndAsync(ct)}");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string[] LinesOf(string section, string beginning) =>
    [
        .. File.ReadLines(Path.Combine(Checkout.Folder, "README.md"))
            .SkipWhile(line => line != $"## {section}").Skip(1)
            .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith(beginning, StringComparison.Ordinal)),
    ];

    private static async Task<(int ExitCode, string Output, string Error)> ShellAsync(string command, string kubeconfig)
    {
        using Process process = Start(command, kubeconfig);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, error);
    }

    private static Process Start(string command, string kubeconfig) => Process.Start(new ProcessStartInfo("sh", ["-c", command])
    {
        WorkingDirectory = Checkout.Folder, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["KUBECONFIG"] = kubeconfig },
    })!;
}
