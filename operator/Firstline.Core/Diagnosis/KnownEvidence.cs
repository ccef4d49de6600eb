using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>The evidence that an incident already holds, so that an id means the same thing for as long as the incident lives.</summary>
/// <param name="Items">The items of the last diagnosis.</param>
/// <param name="LastNumber">The highest number ever given out in this incident, also to items that are gone; 0 for none.</param>
public sealed record KnownEvidence(ImmutableArray<EvidenceItem> Items, int LastNumber)
{
    /// <summary>Of an incident that was never diagnosed.</summary>
    public static KnownEvidence None { get; } = new([], 0);

    /// <summary>What the status holds of the rules' evidence. An id that is in it counts as given out, whatever its counter says.</summary>
    public static KnownEvidence Of(IncidentStatus? status) => status is null
        ? None
        : new([.. status.Evidence.Where(static e => NumberOf(e.Id) > 0)], Math.Max(status.LastEvidenceNumber ?? 0, status.Evidence.Select(static e => NumberOf(e.Id)).DefaultIfEmpty().Max()));

    /// <summary>The id with this number.</summary>
    internal static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"E{number}");

    private static int NumberOf(string id) =>
        id.StartsWith('E') && int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
