using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>One question to a model: what it cost and what came of it.</summary>
public sealed record ModelCallRecord
{
    /// <summary>Short id within the incident, such as Q1.</summary>
    [Required, MaxLength(16)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>When it was asked.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Name of the model.</summary>
    [MaxLength(96)]
    public string Model { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the instructions that it was given.</summary>
    [MaxLength(16)]
    public string PromptVersion { get; init => field = value ?? ""; } = "";

    /// <summary>SHA-256 of the evidence that it was given, of the model's name and of the version, in hexadecimal digits; what has the same is not asked again.</summary>
    [MaxLength(64)]
    public string InputHash { get; init => field = value ?? ""; } = "";

    /// <summary>What came of it.</summary>
    public ModelOutcome Outcome { get; init; }

    /// <summary>Requests to the model's endpoint. While it is asked, and when the operator ended meanwhile, the most that it may have made.</summary>
    [Range(0, int.MaxValue)]
    public int Calls { get; init; }

    /// <summary>Tokens that were sent. While it is asked, and when the operator ended meanwhile, the most that it may have used.</summary>
    [Range(0, long.MaxValue)]
    public long InputTokens { get; init; }

    /// <summary>Tokens that came back.</summary>
    [Range(0, long.MaxValue)]
    public long OutputTokens { get; init; }

    /// <summary>What it cost, in millionths of the currency of the configured prices; left out when none is configured.</summary>
    [Range(0, long.MaxValue)]
    public long? CostMillionths { get; init; }

    /// <summary>How long it took; left out until it is known.</summary>
    public Duration? Latency { get; init; }

    /// <summary>The highest confidence that the model itself stated, in percent; left out where it stated none. What is made of it stands with the hypotheses.</summary>
    [Range(0, 100)]
    public int? ConfidencePercent { get; init; }

    /// <summary>How the model explains its answer, cleaned and shortened. Words of a model, never a fact.</summary>
    [MaxLength(1024)]
    public string? Rationale { get; init; }

    /// <summary>What of its answer was left out, by the reason and how often, such as UnknownEvidence: 2.</summary>
    [MaxLength(16), ItemBounds(64, MinLength = 1)]
    public ImmutableArray<string> Dropped { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where what it looked up, or its answer, gave orders to its reader or hid something. It was read as data, and is told on each first page from then on.</summary>
    [MaxLength(8), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Suspicious { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Why there is no answer, or none that could be taken, in one sentence; left out otherwise.</summary>
    [MaxLength(512)]
    public string? Failure { get; init; }
}
