namespace Firstline.Core.Diagnosis;

/// <summary>How a container's trouble shows.</summary>
internal enum FailureSign
{
    /// <summary>It ends and is started again.</summary>
    Crash,

    /// <summary>It was killed at its memory limit.</summary>
    OomKill,

    /// <summary>Its image cannot be pulled.</summary>
    ImagePull,

    /// <summary>It cannot be created.</summary>
    Creation,

    /// <summary>An init container runs and does not end.</summary>
    Hang,

    /// <summary>It runs and is not ready.</summary>
    Unready,
}
