using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

/// <summary>How a table of situations is judged by one detector.</summary>
internal static class DetectorTable
{
    /// <summary>Rows of a table: a sentence, a situation, whether the detector fires, and when it wants to look again (seconds from now; null for never).</summary>
    public static TheoryData<string, Situation, bool, int?> Rows(params (string Sentence, Situation Situation, bool Fires, int? LookAgain)[] rows)
    {
        TheoryData<string, Situation, bool, int?> data = [];
        foreach ((string sentence, Situation situation, bool fires, int? lookAgain) in rows)
        {
            data.Add(sentence, situation, fires, lookAgain);
        }

        return data;
    }

    public static void Judge(IDetector detector, string sentence, Situation situation, bool fires, int? lookAgain)
    {
        DetectorReport report = detector.Detect(situation, Given.Now);

        report.Findings.Should().HaveCount(fires ? 1 : 0, sentence);
        report.LookAgainAt.Should().Be(lookAgain is { } seconds ? Given.Now.AddSeconds(seconds) : null, sentence);
        foreach (Finding finding in report.Findings)
        {
            finding.Target.Should().Be(situation.Subject, sentence);
            finding.Detector.Should().Be(detector.Name);
            finding.Fingerprint.Should().Be(Fingerprints.Of(detector.Name, situation.Subject), sentence);
            finding.Since.Should().BeOnOrBefore(Given.Now, sentence);
            finding.Summary.Should().NotBeEmpty(sentence);
        }
    }

    public static PodFacts Leaving(PodFacts pod) => pod with { DeletionAt = Given.Now };

    public static Situation Zero(Situation situation) => situation with { Workload = situation.Workload! with { DesiredPods = 0 } };

    public static ImmutableArray<ConditionFacts> Without(PodFacts pod, string type) => [.. pod.Conditions.Where(c => c.Type != type)];
}
