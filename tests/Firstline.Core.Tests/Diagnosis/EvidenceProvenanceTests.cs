using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis;

/// <summary>Whoever doubts an item must be able to find what it was read of.</summary>
public sealed class EvidenceProvenanceTests
{
    [Theory]
    [MemberData(nameof(DiagnoserTests.Cases), MemberType = typeof(DiagnoserTests))]
    public void Every_item_holds_the_hash_of_its_own_excerpt(string sentence, Situation situation, string cause, string resource, bool sure, string category)
    {
        _ = (cause, resource, sure, category);

        foreach (EvidenceItem item in Report(situation).Evidence)
        {
            item.Sha256.Should().Be(HashOf(item.Excerpt), sentence);
        }
    }

    [Fact]
    public void The_hash_is_of_what_is_left_after_redaction()
    {
        EventFacts told = new(Target("Pod", "web-1", "v1"), "Warning", "Failed", "cannot start: password=hunter22", 1, Ago(10));

        EvidenceItem item = Report(Crashing("x") with { Events = [told] }).Evidence.Single(static e => e.Kind == EvidenceKind.Event);

        item.Excerpt.Should().NotContain("hunter22");
        item.Sha256.Should().Be(HashOf(item.Excerpt));
    }

    [Fact]
    public void Items_of_objects_name_the_version_that_was_read()
    {
        Situation situation = Crashing("fatal: no disk") with
        {
            Revisions = Revisions(),
            ConfigMaps = [Config("debug")],
            Around = new() { Services = [Service()], Nodes = [Node()] },
            Events = [new(Target("Pod", "web-1", "v1"), "Warning", "BackOff", "back-off", 3, Ago(10)) { ResourceVersion = "77" }],
            Versions = ImmutableDictionary<string, string>.Empty.AddRange(
                new Dictionary<string, string> { ["uid-web"] = "11", ["uid-web-1"] = "12", ["uid-web-new"] = "13", ["uid-web-config"] = "14", ["uid-n1"] = "15" }),
        };

        Dictionary<string, string?> versions = Report(situation).Evidence.ToDictionary(static e => e.Source, static e => e.ResourceVersion);

        versions.Should().Contain(
            new Dictionary<string, string?>
            {
                ["Deployment/web status"] = "11", ["Deployment/web revisions"] = "11", ["Pod/web-1 status.containerStatuses[app]"] = "12", ["ReplicaSet/web-new status"] = "13",
                ["ConfigMap/web-config data"] = "14", ["ConfigMap/web-config managedFields"] = "14", ["Node/n1 status.conditions"] = "15", ["Event BackOff on Pod/web-1"] = "77",
            });
        versions["Pod/web-1 log of app (previous run)"].Should().BeNull("a log has no version");
    }

    [Fact]
    public void An_object_that_changed_since_has_no_version() => Report(Crashing("x")).Evidence.Should().OnlyContain(static e => e.ResourceVersion == null);

    /// <summary>A sentence, the lines of the log, and the first and the last one that the excerpt quotes.</summary>
    public static TheoryData<string, string[], int, int> Logs { get; } = new()
    {
        { "one line", ["fatal: no disk"], 1, 1 },
        { "errors between other lines", ["up", "", "error: no disk", "still here", "cannot write", "bye"], 3, 5 },
        { "alike ones: the newest of them is quoted", ["error 1", "denied", "error 2"], 2, 3 },
        { "behind a key, which is left out", ["-----BEGIN PRIVATE KEY-----", "MIIEow", "-----END PRIVATE KEY-----", "error: bad key"], 4, 4 },
        { "no errors: the last lines", ["one", "two", "three", "four", "five"], 3, 5 },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void Items_of_a_log_name_their_lines(string sentence, string[] lines, int first, int last)
    {
        LogPosition? log = Report(Crashing(lines)).Evidence.Single(static e => e.Kind == EvidenceKind.Log).Log;

        log.Should().Be(new LogPosition { Container = "app", Previous = true, FirstLine = first, LastLine = last, LinesRead = lines.Length, Complete = true }, sentence);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Situation Crashing(params string[] lines) =>
        Deployment(Pod(BackingOff()) with { NodeName = "n1" }) with { Logs = [new("web-1", "app", true, [.. lines]) { IsComplete = true }] };

    private static DiagnosisReport Report(Situation situation) => Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now));
}
