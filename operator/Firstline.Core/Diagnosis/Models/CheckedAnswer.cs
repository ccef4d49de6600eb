using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>What is believed of an answer.</summary>
internal sealed record CheckedAnswer
{
    /// <summary>Hypotheses with citations that hold, as confident as the model says; ids and origin are not set.</summary>
    public ImmutableArray<Hypothesis> Claims { get; init; } = [];

    /// <summary>How the model explains it; null when it does not, or in words that are not repeated.</summary>
    public string? Rationale { get; init; }

    /// <summary>What was left out, by the reason and how often.</summary>
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>True when something of it gives orders or hides something; whatever does is left out.</summary>
    public bool GaveOrders { get; init; }

    /// <summary>Why nothing of it is taken, in words that go on after "its answer"; null when it could be read.</summary>
    public string? Refused { get; init; }
}
