using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>What logs told when they were looked at last, by workload; those that told something also by namespace. It begins empty with the process.</summary>
internal sealed class LogMemory
{
    private const int MaxAnywhere = 50;
    private readonly ConcurrentDictionary<string, LogSurveyFacts> _surveys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, LogSurveyFacts>> _telling = new(StringComparer.Ordinal);

    /// <summary>Keeps what a look told. Signs that go on keep their begin. One workload is kept by one caller at a time.</summary>
    public void Keep(LogSurveyFacts survey)
    {
        string key = Fingerprints.Of(survey.Subject);
        bool goesOn = _surveys.TryGetValue(key, out LogSurveyFacts? before) && !before.Signs.IsEmpty && !survey.Signs.IsEmpty;
        LogSurveyFacts kept = goesOn ? survey with { Since = before!.Since } : survey;
        _surveys[key] = kept;
        if (kept.Signs.IsEmpty)
        {
            Quiet(survey.Subject, key);
        }
        else
        {
            _telling.GetOrAdd(survey.Subject.Namespace ?? "", static _ => new(StringComparer.Ordinal))[key] = kept;
        }
    }

    public void Forget(TargetRef subject)
    {
        string key = Fingerprints.Of(subject);
        _surveys.TryRemove(key, out _);
        Quiet(subject, key);
    }

    public LogSurveyFacts? Of(TargetRef subject) => _surveys.GetValueOrDefault(Fingerprints.Of(subject));

    /// <summary>Looks at workloads anywhere that told something; for what may be at fault for those of other namespaces.</summary>
    public ImmutableArray<LogSurveyFacts> Anywhere() =>
        [.. _telling.Values.SelectMany(static ns => ns.Values).OrderBy(static s => Fingerprints.Of(s.Subject), StringComparer.Ordinal).Take(MaxAnywhere)];

    /// <summary>Looks at the workloads of a namespace that told something.</summary>
    public ImmutableArray<LogSurveyFacts> In(string ns) =>
        _telling.TryGetValue(ns, out ConcurrentDictionary<string, LogSurveyFacts>? telling) ? [.. telling.Values.OrderBy(static s => s.Subject.Name, StringComparer.Ordinal)] : [];

    private void Quiet(TargetRef subject, string key)
    {
        if (_telling.TryGetValue(subject.Namespace ?? "", out ConcurrentDictionary<string, LogSurveyFacts>? telling))
        {
            telling.TryRemove(key, out _);
        }
    }
}
