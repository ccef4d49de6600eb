using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Names of Incidents: the same target always has the same name, so that creating twice is the same create.</summary>
/// <remarks>
/// <c>web-3f2a9c01</c> for the first incident on Deployment web, <c>web-3f2a9c01-2</c> for the next one after the first is over, and so on:
/// an incident that is over keeps its story, and never opens again. Names fit a DNS label (63 characters), as label values must.
/// </remarks>
public static class IncidentNames
{
    private const int MaxStem = 44;

    /// <summary>Name of the <paramref name="generation"/>th incident on <paramref name="target"/>.</summary>
    /// <param name="target">The object in trouble, with its namespace.</param>
    /// <param name="generation">1 for the first.</param>
    public static string For(TargetRef target, int generation = 1)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
        string name = $"{Stem(target)}-{Fingerprints.Hash(Fingerprints.Of(target), 8)}";
        return generation == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{generation}");
    }

    /// <summary>Which incident of its target the name belongs to; 0 for a name that was not made here.</summary>
    public static int GenerationOf(TargetRef target, string name)
    {
        string first = For(target);
        if (name == first)
        {
            return 1;
        }

        return name.StartsWith(first + "-", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(first.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
            && generation > 1
            && For(target, generation) == name ? generation : 0;
    }

    private static string Stem(TargetRef target)
    {
        string cut = target.Name.Length <= MaxStem ? target.Name : target.Name[..MaxStem];
        string stem = string.Concat(cut.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return stem.Length > 0 ? stem : "incident";
    }
}
