using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>Remembers on which pod templates each workload was healthy. It begins empty with the process: what was not seen does not count.</summary>
internal sealed class HealthMemory(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, HealthRecord> _records = new(StringComparer.Ordinal);

    /// <summary>Takes note of a change; the changes of one workload come one at a time.</summary>
    public void Saw(ResourceChange<WorkloadFacts> change)
    {
        if (change.Old?.Ref.Uid is { } old && change.New?.Ref.Uid != old)
        {
            _records.TryRemove(old, out _);
        }

        if (change.New is { Ref.Uid: { } uid } workload)
        {
            WorkloadFacts? before = change.Old?.Ref.Uid == uid ? change.Old : null;
            _records[uid] = _records.GetValueOrDefault(uid, HealthRecord.Empty).After(before, workload, clock.GetUtcNow());
        }
    }

    /// <summary>Templates on which the workload was healthy before its present one, the newest last.</summary>
    public ImmutableArray<HealthyTemplate> Of(string? uid) => uid is null ? [] : _records.GetValueOrDefault(uid, HealthRecord.Empty).Past;
}
