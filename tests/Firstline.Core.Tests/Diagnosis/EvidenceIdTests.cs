using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

/// <summary>An id that somebody has read, or that a plan cites, must never come to mean something else.</summary>
public sealed class EvidenceIdTests
{
    private const int Diagnoses = 8;

    /// <summary>Seeds of the walks; a failing one is repeated by its number.</summary>
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_cited_id_means_the_same_kind_and_source_in_all_diagnoses_of_an_incident(int seed)
    {
        Random random = new(seed);
        Dictionary<string, (EvidenceKind Kind, string Source)> meaning = [];
        IncidentStatus? status = null;
        for (int at = 0; at < Diagnoses; at++)
        {
            DiagnosisReport report = Diagnose(SituationOf(random), status);
            report.Evidence.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
            foreach (EvidenceItem item in report.Evidence)
            {
                meaning.TryAdd(item.Id, (item.Kind, item.Source));
                (item.Kind, item.Source).Should().Be(meaning[item.Id], $"seed {seed}, diagnosis {at + 1}: {item.Id} was read before");
            }

            Cited(report).Should().BeSubsetOf(report.Evidence.Select(static e => e.Id), $"seed {seed}, diagnosis {at + 1}");
            status = new() { Evidence = report.Evidence, LastEvidenceNumber = report.LastEvidenceNumber, Hypotheses = report.Hypotheses };
        }

        meaning.Should().HaveCountGreaterThan(8, "a walk that meets nothing new proves nothing");
    }

    [Fact]
    public void An_item_of_a_known_kind_and_source_keeps_its_id_wherever_it_comes_to_stand()
    {
        DiagnosisReport first = Diagnose(Crashing("web-2"), null);
        DiagnosisReport second = Diagnose(Crashing("web-1", "web-2"), Stored(first));

        IdOf(second, "Pod/web-2 status.containerStatuses[app]").Should().Be(IdOf(first, "Pod/web-2 status.containerStatuses[app]"));
        IdOf(second, "Pod/web-1 status.containerStatuses[app]").Should().Be($"E{first.LastEvidenceNumber + 1}");
    }

    [Fact]
    public void A_number_whose_item_is_gone_is_never_given_out_again()
    {
        DiagnosisReport first = Diagnose(Crashing("web-1", "web-2"), null);
        DiagnosisReport second = Diagnose(Crashing(), Stored(first));
        DiagnosisReport third = Diagnose(Crashing("web-3"), Stored(second));

        IdOf(third, "Pod/web-3 status.containerStatuses[app]").Should().Be($"E{first.LastEvidenceNumber + 1}");
    }

    [Fact]
    public void A_status_without_the_counter_counts_what_it_holds()
    {
        DiagnosisReport first = Diagnose(Crashing("web-1"), null);

        DiagnosisReport second = Diagnose(Crashing("web-2"), Stored(first) with { LastEvidenceNumber = null });

        second.LastEvidenceNumber.Should().BeGreaterThan(first.LastEvidenceNumber);
        first.Evidence.Select(static e => e.Id).Should().NotContain(IdOf(second, "Pod/web-2 status.containerStatuses[app]"));
    }

    [Fact]
    public void A_request_carries_what_its_hypothesis_cites_and_keeps_it_when_the_incident_is_diagnosed_anew()
    {
        EvidenceItem[] items = [.. Enumerable.Range(1, 4).Select(static n => new EvidenceItem { Id = $"E{n}", Source = $"Pod/web-{n} status", Excerpt = n == 3 ? "crashed 1" : $"crashed {n}" })];
        Hypothesis hypothesis = Sample.BadRollout with { EvidenceFor = ["E4", "E3", "E1"], EvidenceAgainst = ["E2"] };
        Incident incident = Sample.Incident with { Status = Sample.Incident.Status! with { Hypotheses = [hypothesis], Evidence = [.. items] } };

        RemediationRequestSpec spec = Sample.Planned(Sample.Planning with { Incident = incident }).Spec;

        spec.Evidence.Should().Equal([items[0], items[1], items[3]], "the third says the same as the first");
    }

    private static DiagnosisReport Diagnose(Situation situation, IncidentStatus? status) =>
        Diagnoser.Diagnose(new(new() { Target = situation.Subject }, [], situation, Now) { Known = KnownEvidence.Of(status) });

    private static IncidentStatus Stored(DiagnosisReport report) => new() { Evidence = report.Evidence, LastEvidenceNumber = report.LastEvidenceNumber };

    private static IEnumerable<string> Cited(DiagnosisReport report) => report.Hypotheses.SelectMany(static h => h.EvidenceFor.Concat(h.EvidenceAgainst));

    private static string IdOf(DiagnosisReport report, string source) => report.Evidence.Single(e => e.Source == source).Id;

    private static Situation Crashing(params string[] pods) => Deployment([.. pods.Select(static p => Pod(BackingOff(), p))]);

    // Pods come and go, fail in different ways, and Events and logs are there or have been swept away.
    private static Situation SituationOf(Random random)
    {
        ImmutableArray<PodFacts> pods =
            [.. Enumerable.Range(1, 6).Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).Select(n => Pod(TroubleOf(random), $"web-{n}", age: 50))];
        return Deployment([.. pods]) with
        {
            Revisions = random.Next(2) == 0 ? Revisions() : [],
            ConfigMaps = random.Next(3) == 0 ? [Config("debug")] : [],
            Events = [.. pods.Where(_ => random.Next(2) == 0).SelectMany(p => EventsOf(p, random))],
            Logs = [.. pods.Take(random.Next(3)).Select(static p => new LogFacts(p.Ref.Name, "app", true, ["fatal: no connection"]))],
        };
    }

    private static IEnumerable<EventFacts> EventsOf(PodFacts pod, Random random) =>
        from reason in new[] { "BackOff", "Unhealthy", "Failed" }
        where random.Next(2) == 0
        select new EventFacts(pod.Ref, "Warning", reason, "it happened", 1, Ago(random.Next(60)));

    private static ContainerFacts TroubleOf(Random random) => random.Next(4) switch
    {
        0 => BackingOff(),
        1 => BackingOff(137, reason: "OOMKilled") with { MemoryLimit = "64Mi" },
        2 => Waiting("ImagePullBackOff", message: "not found"),
        _ => Running(),
    };
}
