using System.Diagnostics;
using Firstline.Testing;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The real kubectl, as the people of these stories use it.</summary>
internal sealed class Kubectl(string kubeconfig, string ns)
{
    /// <summary>Where it is run: relative paths begin there.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Runs a command line that must succeed, in a person's name where one is given.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string arguments, string input = "", string? user = null)
    {
        (int code, string output) = await KubectlWords.AnswerAsync(() => StartAsync(arguments, input, user), static r => r.Output);
        code.Should().Be(0, "kubectl {0} said: {1}", arguments, output);
        return output;
    }

    /// <summary>Runs a command line that the server must refuse.</summary>
    /// <returns>The server's words.</returns>
    public async Task<string> RefusedAsync(string arguments, string user)
    {
        (int code, string output) = await StartAsync(arguments, "", user);
        code.Should().NotBe(0, "{0} may not do kubectl {1}", user, arguments);
        return output;
    }

    /// <summary>Runs a command line that may succeed or not.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public Task<(int Code, string Output)> TryAsync(string arguments, string input, string user) => StartAsync(arguments, input, user);

    /// <summary>Runs a command line that answers by its exit code too, such as <c>auth can-i</c>.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> AnswerAsync(string arguments, string user) => (await StartAsync(arguments, "", user)).Output;

    /// <summary>Types a command line as a text of the product gives it, in a person's name where one is given.</summary>
    public Task<string> TypeAsync(string command, string? user = null)
    {
        command.Should().StartWith("kubectl ");
        return RunAsync(command["kubectl ".Length..], user: user);
    }

    private async Task<(int Code, string Output)> StartAsync(string arguments, string input, string? user)
    {
        string where = ns.Length == 0 ? "" : $"--namespace={ns} ";
        ProcessStartInfo start = new("kubectl", $"{where}{arguments}{(user is null ? "" : $" --as={user}")}")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KUBECONFIG"] = kubeconfig },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
