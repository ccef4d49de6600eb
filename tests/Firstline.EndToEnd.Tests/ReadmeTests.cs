using System.Diagnostics;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>The README's offline commands do what it says, typed in the folder it says.</summary>
public sealed class ReadmeTests
{
    private const string Run = "    dotnet run --project operator/Firstline.Cli -- ";

    [Fact]
    public async Task Offline_commands_work_as_written()
    {
        string[] commands = [.. File.ReadLines(Path.Combine(Checkout.Folder, "README.md")).Where(static line => line.StartsWith(Run, StringComparison.Ordinal))];

        commands.Should().NotBeEmpty();
        foreach (string command in commands)
        {
            (int exitCode, string error) = await RunAsync(command[Run.Length..]);
            (exitCode, error).Should().Be((0, ""), command.Trim());
        }
    }

    /// <summary>As <c>dotnet run</c> does it, but for the build: another one at the same time would be in the way of the tests.</summary>
    private static async Task<(int ExitCode, string Error)> RunAsync(string arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        ProcessStartInfo start = new("dotnet", $"run --no-build -c {configuration} --project operator/Firstline.Cli -- {arguments}")
        {
            WorkingDirectory = Checkout.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, process.WaitForExitAsync());
        return (process.ExitCode, error);
    }
}
