using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Which lines of a container's log an excerpt is of. Lines are counted from 1, in what was read of it.</summary>
public sealed record LogPosition
{
    /// <summary>Name of the container.</summary>
    [Required, MaxLength(253)]
    public string Container { get; init => field = value ?? ""; } = "";

    /// <summary>True for the run before the one that was current then, as kubectl logs --previous gives.</summary>
    public bool Previous { get; init; }

    /// <summary>The first line that the excerpt quotes.</summary>
    [Range(1, int.MaxValue)]
    public int FirstLine { get; init; } = 1;

    /// <summary>The last line that the excerpt quotes.</summary>
    [Range(1, int.MaxValue)]
    public int LastLine { get; init; } = 1;

    /// <summary>How many lines were read, the last ones of the log.</summary>
    [Range(1, int.MaxValue)]
    public int LinesRead { get; init; } = 1;

    /// <summary>True when these were all lines of the run, so that the counts are those of the log itself.</summary>
    public bool Complete { get; init; }
}
