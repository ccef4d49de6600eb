using System.Collections.Immutable;
using System.CommandLine;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Runbooks;
using Firstline.Cli.Terminal;
using Firstline.Cli.Yaml;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline runbook lint|explain</c>: work with runbook files without a cluster.</summary>
internal static class RunbookCommand
{
    public static Command Create(Screen screen) => new("runbook", "Check and explain runbook files; needs no cluster.") { Lint(screen), Explain(screen) };

    private static Command Lint(Screen screen)
    {
        Argument<string[]> paths = new("path") { Description = "Files, or folders that are searched for .yaml and .yml files.", Arity = ArgumentArity.OneOrMore };
        Command command = new("lint", "Check runbooks as the API server and the operator would. Exit code 0: all can be used, 1: problems, 2: a file cannot be read.") { paths };
        command.SetAction(given => LintFiles(screen, RunbookFiles.Find(given.GetRequiredValue(paths))));
        return command;
    }

    private static int LintFiles(Screen screen, ImmutableArray<string> files)
    {
        int runbooks = 0;
        int problems = 0;
        foreach (string file in files)
        {
            (int found, ImmutableArray<Problem> wrong) = RunbookLint.Check(RunbookFiles.Read(file));
            runbooks += found;
            problems += wrong.Length;
            foreach (Problem problem in wrong)
            {
                screen.Line($"{file}:{problem.Line}:{problem.Column}: {problem.Message}");
            }
        }

        if (runbooks == 0 && problems == 0)
        {
            throw new CommandException($"there is no Runbook in {string.Join(", ", files)}");
        }

        screen.Line($"{Count(runbooks, "runbook")} in {Count(files.Length, "file")}, {Count(problems, "problem")}");
        return problems == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static Command Explain(Screen screen)
    {
        Argument<string> path = new("file") { Description = "File with one or more runbooks." };
        Command command = new("explain", "Say in plain words what a runbook does, when, and within which limits.") { path };
        command.SetAction(given => ExplainFile(screen, given.GetRequiredValue(path)));
        return command;
    }

    private static int ExplainFile(Screen screen, string file)
    {
        string text = RunbookFiles.Read(RunbookFiles.Find([file])[0]);
        if (RunbookLint.Check(text).Problems is [Problem first, ..])
        {
            throw new CommandException($"{file}:{first.Line}: {first.Message}; firstline runbook lint {file} shows all problems") { ExitCode = ExitCodes.Failed };
        }

        ImmutableArray<Runbook> runbooks = [.. YamlFile.Parse(text).Where(RunbookLint.IsRunbook).Select(RunbookLint.Decode)];
        if (runbooks.IsEmpty)
        {
            throw new CommandException($"there is no Runbook in {file}");
        }

        foreach (Runbook runbook in runbooks)
        {
            CardPrinter.Print(screen.Out, new Card($"Runbook {runbook.Metadata.Name}", Rows(runbook)));
        }

        return ExitCodes.Success;
    }

    private static ImmutableArray<CardRow> Rows(Runbook runbook) =>
    [
        .. from part in RunbookExplanation.Of(runbook)
           from sentence in part.Sentences.Index()
           select new CardRow(sentence.Index == 0 ? part.Heading : "", sentence.Item),
    ];

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
