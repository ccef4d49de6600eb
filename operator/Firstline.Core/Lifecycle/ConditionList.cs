using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>Edits a list of conditions by the Kubernetes conventions: one per type, the time changes with the status only.</summary>
public sealed class ConditionList
{
    private readonly ImmutableArray<Condition> _before;
    private readonly long _generation;
    private readonly DateTimeOffset _now;
    private readonly List<Condition> _after = [];

    /// <param name="before">The conditions as they are.</param>
    /// <param name="generation">metadata.generation that is observed.</param>
    /// <param name="now">The time of changes.</param>
    public ConditionList(ImmutableArray<Condition> before, long generation, DateTimeOffset now)
    {
        _before = before;
        _generation = generation;
        _now = now;
    }

    /// <summary>States a condition.</summary>
    public ConditionList Set(string type, ConditionStatus status, string reason, string message)
    {
        Condition? old = _before.FirstOrDefault(c => c.Type == type);
        _after.RemoveAll(c => c.Type == type);
        _after.Add(new()
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = BoundedText.Shorten(message, 1024),
            ObservedGeneration = _generation,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : _now,
        });
        return this;
    }

    /// <summary>Takes over a condition as it was; nothing when it was not there.</summary>
    public ConditionList Keep(string type)
    {
        if (_before.FirstOrDefault(c => c.Type == type) is { } old && _after.TrueForAll(c => c.Type != type))
        {
            _after.Add(old);
        }

        return this;
    }

    /// <summary>The conditions stated or kept.</summary>
    public ImmutableArray<Condition> ToImmutable() => [.. _after];
}
