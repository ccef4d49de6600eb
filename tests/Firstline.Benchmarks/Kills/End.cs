using Firstline.Cli;

namespace Firstline.Benchmarks.Kills;

/// <summary>How an operator ended that was not killed.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastWords">What it said before.</param>
internal sealed record End(int ExitCode, string LastWords)
{
    /// <summary>True where a new start is the cure, as after a lost lease; anything else is a crash.</summary>
    public bool IsOrderly => ExitCode == ExitCodes.Failed;

    public override string ToString() => $"an operator ended by itself with exit code {ExitCode}: {LastWords}";
}
