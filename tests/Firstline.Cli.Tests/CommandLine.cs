using Firstline.Cli.Commands;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Tests;

/// <summary>Runs the command as a shell would, into text.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await FirstlineCommand.RunAsync(arguments, Screen.Of(output, error, isRedirected: true), CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
