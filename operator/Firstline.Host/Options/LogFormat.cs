namespace Firstline.Host.Options;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>One line of text each, for people.</summary>
    Text,

    /// <summary>One JSON object a line, for log pipelines.</summary>
    Json,
}
