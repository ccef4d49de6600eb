using System.CommandLine;
using Firstline.Cli.Terminal;
using Firstline.Host.Configuration;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline config check</c>: says whether the operator would take a configuration file.</summary>
internal static class ConfigCommand
{
    public static Command Create(Screen screen)
    {
        Argument<string> file = new("file") { Description = "Configuration file of the operator, as for --config." };
        Command check = new("check", "Check a configuration file as the operator would. Exit code 0: it can be used, 1: problems, 2: it cannot be read.") { file };
        check.SetAction(given => Check(screen, given.GetRequiredValue(file)));
        return new Command("config", "Check the operator's configuration file; needs no cluster.") { check };
    }

    private static int Check(Screen screen, string path)
    {
        ConfigurationFile file = ConfigurationFile.Read(path);
        foreach (ConfigurationProblem problem in file.Problems)
        {
            screen.Line($"{path}:{problem.Line}:{problem.Column}: {problem.Message}");
        }

        screen.Line($"{Count(file.Settings.Length, "option")} set, {Count(file.Problems.Length, "problem")}");
        return file.Problems.IsEmpty ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
