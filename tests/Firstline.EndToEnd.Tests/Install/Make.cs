using System.Diagnostics;
using Firstline.Testing;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>make and the scripts of the checkout, run in it.</summary>
internal static class Make
{
    /// <summary>Runs a program; one with a slash in its name is a file of the checkout.</summary>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string program, string arguments)
    {
        string file = program.Contains('/', StringComparison.Ordinal) ? Path.Combine(Checkout.Folder, program) : program;
        ProcessStartInfo start = new(file, arguments) { WorkingDirectory = Checkout.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
