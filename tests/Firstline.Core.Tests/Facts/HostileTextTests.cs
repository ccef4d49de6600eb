using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

/// <summary>Follows texts that somebody made to harm from where they come in to what is stored: bounded, visible, and marked where they were cut.</summary>
public sealed class HostileTextTests
{
    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "a megabyte", new string('m', 1_000_000) },
        { "a megabyte of line breaks", new string('\n', 1_000_000) + "end" },
        { "a terminal's commands", string.Concat(Enumerable.Repeat("\u001b[2J\u001b]0;owned\u0007error ", 400)) },
        { "reading turned around", string.Concat(Enumerable.Repeat("\u202Eerror\u2066", 400)) },
        { "NUL and other controls", string.Concat(Enumerable.Repeat("\0\u0001\u0085error", 400)) },
        { "halves of pairs", string.Concat(Enumerable.Repeat($"error{'\ud83d'}", 400)) },
        { "a name without end in a sentence that is read", $"configmap \"{new string('c', 1_000_000)}\" not found" },
        { "a key without end in a sentence that is read", $"couldn't find key {new string('k', 1_000_000)} in ConfigMap shop/{new string('c', 1_000_000)}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_alert_is_stored(string what, string text)
    {
        string sent = string.Concat(text.EnumerateRunes());   // as UTF-8 can carry it
        Dictionary<string, string> labels = new() { ["alertname"] = sent, ["namespace"] = "shop", ["deployment"] = "web", [sent[..Math.Min(sent.Length, 9000)]] = "x" };
        Dictionary<string, string> annotations = new() { ["summary"] = sent };
        string alert = $$"""{"status":"firing","labels":{{JsonSerializer.Serialize(labels)}},"annotations":{{JsonSerializer.Serialize(annotations)}},"startsAt":"2026-11-20T11:55:00Z"}""";

        WebhookReading.Accepted read = AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes($$"""{"version":"4","alerts":[{{alert}}]}"""), Given.Now)
            .Should().BeOfType<WebhookReading.Accepted>(what).Subject;
        Signal signal = read.Signals.Should().ContainSingle(what).Subject;
        SignalNews news = new() { Fingerprint = signal.Fingerprint, Source = signal.Source, Name = signal.Name, Summary = signal.Summary, Since = signal.StartsAt };
        IncidentStatus status = SignalLedger.Apply(new(), news, Given.Now)!;

        Judge(what, signal.Labels.Keys.Concat(signal.Labels.Values));
        Judge(what, Strings(status));
        SchemaBounds.Broken(status, "status").Should().BeEmpty(what);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_kubelets_events_and_logs_say_is_found_and_diagnosed(string what, string text)
    {
        PodFacts waits = Given.Pod(Given.Waiting("CreateContainerConfigError", message: text) with { Image = text }, "web-1");
        PodFacts pulls = Given.Pod(Given.Waiting("ImagePullBackOff", message: text) with { Image = text }, "web-2");
        PodFacts ends = Given.Pod(Given.BackingOff() with { LastTermination = Given.Ended(message: text), MemoryLimit = text }, "web-3");
        PodFacts stays = waits with
        {
            Ref = Given.Target("Pod", "web-4", "v1"), Containers = [],
            Conditions = [new("PodScheduled", Api.Meta.ConditionStatus.False, "Unschedulable", text, Given.Ago(600))],
        };
        Situation situation = Given.Deployment(waits, pulls, ends, stays) with
        {
            Revisions = Given.Revisions(after: """{"spec":{"containers":[{"name":"app","image":IMAGE}]}}""".Replace("IMAGE", JsonSerializer.Serialize(text), StringComparison.Ordinal)),
            Events = [new(Given.Target(), "Warning", "Failed", text, 3, Given.Ago(5))],
            Logs = [new("web-3", "app", true, [text, $"error {text}"])],
        };

        ImmutableArray<Finding> findings = DetectorCatalogue.Detect(situation, Given.Now).Findings;
        DiagnosisReport report = Diagnoser.Diagnose(new(new() { Target = Given.Target() }, [], situation, Given.Now) { Known = KnownEvidence.None });

        findings.Should().HaveCountGreaterThanOrEqualTo(4, what);
        report.Hypotheses.Should().NotBeEmpty(what);
        Judge(what, findings.SelectMany(Strings));
        findings.Should().OnlyContain(static f => f.Summary.Length <= 1024, what);
        Judge(what, [.. report.Hypotheses.SelectMany(Strings), .. report.Evidence.SelectMany(Strings), .. report.Changes.SelectMany(Strings), report.SeverityReason]);
        IncidentStatus status = new() { Hypotheses = report.Hypotheses, Evidence = report.Evidence, Changes = report.Changes };
        SchemaBounds.Broken(status, "status").Should().BeEmpty(what);
    }

    private static void Judge(string what, IEnumerable<string> strings)
    {
        foreach (string stored in strings)
        {
            stored.Length.Should().BeLessThanOrEqualTo(2048, what);
            stored.EnumerateRunes().Where(static r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format).Should().BeEmpty($"{what}: {stored}");
            bool isCut = stored.Contains(new string('m', 100), StringComparison.Ordinal);
            (!isCut || stored.Contains(BoundedText.CutMark, StringComparison.Ordinal)).Should().BeTrue($"{what} was cut and says so: {stored}");
        }
    }

    private static IEnumerable<string> Strings(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable list => list.Cast<object?>().SelectMany(Strings),
        _ when value.GetType().Namespace?.StartsWith("Firstline", StringComparison.Ordinal) == true && value.GetType().IsClass =>
            value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(p => Strings(p.GetValue(value))),
        _ => [],
    };
}
