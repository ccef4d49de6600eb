using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Firstline.Cli.Evaluation;

/// <summary>What the operator made of a case: one line of the output.</summary>
internal sealed record CaseResult(string Case, long ElapsedMs, ImmutableArray<ResultIncident> Incidents)
{
    /// <summary>Why the case could not be run, in one sentence; null when it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

// Parent is the name of the incident that deals with the cause of this one, null when it stands for itself.
internal sealed record ResultIncident(
    string Name, string? Category, string? Severity, string? Level, ResultResource Target, string? Parent, ImmutableArray<ResultHypothesis> Hypotheses);

internal sealed record ResultHypothesis(
    int Rank, string Cause, ResultResource Resource, double Confidence, string Statement, ImmutableArray<ResultEvidence> Evidence)
{
    /// <summary>Ids that it cites, for and against.</summary>
    [JsonIgnore]
    public int Cited { get; init; }

    /// <summary>Those of them under which there is no evidence.</summary>
    [JsonIgnore]
    public int Unresolved { get; init; }
}

internal sealed record ResultEvidence(string Id, string Excerpt);

internal sealed record ResultResource(string Kind, string? Namespace, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseResult))]
[JsonSerializable(typeof(CaseTruth))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
