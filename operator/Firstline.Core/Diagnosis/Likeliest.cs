using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>Which hypothesis counts. Planning, levels, parents and history go by what the rules found; what a model adds is for people to read.</summary>
public static class Likeliest
{
    /// <summary>What the origin of a model's hypothesis begins with.</summary>
    internal const string ModelOrigin = "model/";

    /// <summary>The likeliest hypothesis of the rules; null when they have none.</summary>
    /// <param name="status">Status of an incident; null for one without.</param>
    public static Hypothesis? OfRules(IncidentStatus? status) => status?.Hypotheses.FirstOrDefault(static h => !IsOfModel(h));

    /// <summary>True for a hypothesis that a model added.</summary>
    public static bool IsOfModel(Hypothesis hypothesis)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        return hypothesis.Origin.StartsWith(ModelOrigin, StringComparison.Ordinal);
    }

    /// <summary>Those of the rules, in their order.</summary>
    internal static ImmutableArray<Hypothesis> AllOfRules(ImmutableArray<Hypothesis> hypotheses) => [.. hypotheses.Where(static h => !IsOfModel(h))];
}
