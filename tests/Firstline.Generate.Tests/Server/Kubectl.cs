using System.Diagnostics;

namespace Firstline.Generate.Tests.Server;

/// <summary>The real kubectl, which speaks to the API server as users do.</summary>
internal sealed class Kubectl(string kubeconfig)
{
    /// <summary>Runs one command.</summary>
    /// <returns>Whether it ended well, and what it printed.</returns>
    public async Task<(bool Succeeded, string Output)> RunAsync(string arguments, string input = "")
    {
        ProcessStartInfo start = new("kubectl", arguments)
        {
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
        return (process.ExitCode == 0, await output + await error);
    }
}
