using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>What questions have cost, each counted once: by the records of the incidents, by what was settled here and no cache may show yet, and by what is on its way.</summary>
/// <remarks>What was settled today is kept when its incident is deleted: otherwise whoever may delete incidents could spend without end. Callers take turns.</remarks>
internal sealed class SpendingLedger
{
    private readonly Dictionary<(string Uid, string Id), ModelCallRecord> _settled = [];

    /// <summary>Notes what a question has cost; what is of an earlier day is forgotten.</summary>
    public void Settle(string uid, ModelCallRecord record)
    {
        foreach (((string, string) key, _) in _settled.Where(s => s.Value.Time.UtcDateTime.Date < record.Time.UtcDateTime.Date).ToArray())
        {
            _settled.Remove(key);
        }

        _settled[(uid, record.Id)] = record;
    }

    /// <summary>The record of each question.</summary>
    /// <param name="incidents">The incidents that are kept.</param>
    /// <param name="pending">Questions on their way, by UID of the incident.</param>
    /// <param name="isReservedSpent">False to leave those out, as if they would cost nothing.</param>
    public IEnumerable<ModelCallRecord> All(IEnumerable<Incident> incidents, IReadOnlyDictionary<string, PendingQuestion> pending, bool isReservedSpent)
    {
        Dictionary<(string, string), ModelCallRecord> all = [];
        foreach (Incident incident in incidents)
        {
            foreach (ModelCallRecord record in incident.Status?.ModelCalls ?? [])
            {
                all[(incident.Metadata.Uid ?? "", record.Id)] = record;
            }
        }

        foreach ((string uid, PendingQuestion question) in pending)
        {
            all.Remove((uid, question.Record.Id));
            if (isReservedSpent)
            {
                all[(uid, question.Record.Id)] = question.Record;
            }
        }

        foreach (((string, string) key, ModelCallRecord record) in _settled)
        {
            all[key] = record;
        }

        return all.Values;
    }
}
