using System.Diagnostics;
using FluentAssertions;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The real kubectl, pointed at a server.</summary>
internal sealed class KubectlProgram(Uri server, string token, string authority, string ns)
{
    /// <summary>Runs it and returns what it printed; fails the test when it failed.</summary>
    public async Task<string> RunAsync(IEnumerable<string> arguments, string input = "")
    {
        ProcessStartInfo start = new("kubectl") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = "/dev/null";
        foreach (string argument in (string[])[$"--server={server}", $"--token={token}", $"--certificate-authority={authority}", $"--namespace={ns}", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "kubectl {0} printed {1}{2}", string.Join(' ', arguments), await output, await errors);
        return await output;
    }
}
