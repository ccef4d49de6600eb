using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>What logs told when they were looked at last, by workload. It begins empty with the process.</summary>
internal sealed class LogMemory
{
    private readonly ConcurrentDictionary<string, LogSurveyFacts> _surveys = new(StringComparer.Ordinal);

    /// <summary>Keeps what a look told. Signs that go on keep their begin.</summary>
    public void Keep(LogSurveyFacts survey)
    {
        string key = Fingerprints.Of(survey.Subject);
        bool goesOn = _surveys.TryGetValue(key, out LogSurveyFacts? before) && !before.Signs.IsEmpty;
        _surveys[key] = goesOn && !survey.Signs.IsEmpty ? survey with { Since = before!.Since } : survey;
    }

    public void Forget(TargetRef subject) => _surveys.TryRemove(Fingerprints.Of(subject), out _);

    public LogSurveyFacts? Of(TargetRef subject) => _surveys.GetValueOrDefault(Fingerprints.Of(subject));

    /// <summary>Looks at workloads anywhere that told something; for what may be at fault for those of other namespaces.</summary>
    public ImmutableArray<LogSurveyFacts> Anywhere() => [.. _surveys.Values.Where(static s => !s.Signs.IsEmpty).OrderBy(static s => Fingerprints.Of(s.Subject), StringComparer.Ordinal).Take(50)];

    /// <summary>Looks at the workloads of a namespace that told something.</summary>
    public ImmutableArray<LogSurveyFacts> In(string ns) =>
        [.. _surveys.Values.Where(s => s.Subject.Namespace == ns && !s.Signs.IsEmpty).OrderBy(static s => s.Subject.Name, StringComparer.Ordinal)];
}
