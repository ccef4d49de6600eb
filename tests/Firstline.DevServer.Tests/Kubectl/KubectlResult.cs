namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>What one run of kubectl printed.</summary>
public sealed record KubectlResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, for messages of failed assertions.</summary>
    public string All => $"{Output}{Error}";

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The words of a line of a table.</summary>
    public string[] Row(int index) => Lines[index].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
