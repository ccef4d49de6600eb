using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Describes a container's state in a few words.</summary>
internal static class ContainerText
{
    /// <summary>State, last end, restarts and image.</summary>
    public static string Describe(ContainerFacts container)
    {
        string last = container.LastTermination is { } end ? $"; last run: {Describe(end)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Describe(container.State)}{last}; {Counted.Of(container.RestartCount, "restart")}; image {container.Image}");
    }

    /// <summary>An exit code with what it means, such as 137 (killed).</summary>
    public static string ExitCode(int code)
    {
        string meaning = code switch
        {
            126 => " (not executable)",
            127 => " (command not found)",
            128 => " (cannot start)",
            134 => " (aborted)",
            137 => " (killed)",
            139 => " (segmentation fault)",
            143 => " (terminated)",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{code}{meaning}");
    }

    private static string Describe(ContainerState state) => state switch
    {
        ContainerState.Waiting waiting => $"waiting: {waiting.Reason}{(waiting.Message.Length > 0 ? $": {waiting.Message}" : "")}",
        ContainerState.Running => "running",
        ContainerState.Terminated end => $"ended: {end.Reason} with exit code {ExitCode(end.ExitCode)}{(end.Message.Length > 0 ? $": {end.Message}" : "")}",
        _ => "not reported yet",
    };
}
