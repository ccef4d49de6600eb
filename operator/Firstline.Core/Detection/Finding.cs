using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>A detector's statement that something is in trouble.</summary>
public sealed record Finding
{
    /// <summary>Name of the detector.</summary>
    public required string Detector { get; init; }

    /// <summary>Identity of the trouble at its source; the same trouble always has the same one.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The object in trouble: the root of the ownership tree.</summary>
    public required TargetRef Target { get; init; }

    /// <summary>What is wrong, in one sentence with numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>Since when, as far as the objects tell.</summary>
    public required DateTimeOffset Since { get; init; }
}
