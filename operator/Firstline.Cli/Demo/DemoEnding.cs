namespace Firstline.Cli.Demo;

/// <summary>What happens after the story.</summary>
internal enum DemoEnding
{
    /// <summary>All goes on until Ctrl-C, to be tried out.</summary>
    GoOn,

    /// <summary>The process ends; its exit code says how it went.</summary>
    End,
}
