namespace Firstline.Cli;

/// <summary>A command cannot do what it was asked for; the message is one sentence for standard error.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
    {
    }

    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Exit code: 1 when what was asked about is not as it should be, 2 when the command could not do its work.</summary>
    public int ExitCode { get; init; } = ExitCodes.CannotRun;
}
