using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Counts what is left out of one answer.</summary>
internal sealed class FaultCount
{
    private readonly SortedDictionary<AnswerFault, int> _counts = [];

    public void Add(AnswerFault fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;

    /// <summary>Such as UnknownEvidence: 2.</summary>
    public ImmutableArray<string> Told() => [.. _counts.Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}: {c.Value}"))];
}
