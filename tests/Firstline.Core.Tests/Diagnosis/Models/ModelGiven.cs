using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;

namespace Firstline.Core.Tests.Diagnosis.Models;

/// <summary>An incident as the rules leave it, and answers of a model about it.</summary>
internal static class ModelGiven
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" };

    public static readonly TargetRef Database = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "db" };

    public static readonly ImmutableArray<Runbook> Declared =
        [RunbookFor("undo-rollout", Causes.BadRollout), RunbookFor("wake-dependency", Causes.DependencyUnavailable, Causes.DiskFull)];

    public static readonly ModelCallRecord Asked = new() { Id = "Q1", Time = Now, Model = "m", PromptVersion = "1", InputHash = "h", Outcome = ModelOutcome.Asked };

    public static Incident Incident(params Hypothesis[] rules) => new()
    {
        Metadata = new() { Name = "web-1", Namespace = "shop", Uid = "u1", Generation = 1 },
        Spec = new() { Target = Web, Summary = "it crashes" },
        Status = new()
        {
            Category = "workload-crash",
            Signals = [new() { Fingerprint = "f", Name = "CrashLoop", Summary = "it crashes", LastSeen = Now }],
            Evidence =
            [
                new() { Id = "E1", Kind = EvidenceKind.Signal, Source = "Detector signal CrashLoop", Time = Now, Excerpt = "it crashes" },
                new() { Id = "E2", Kind = EvidenceKind.Log, Source = "Pod/web-1 log of app", Time = Now, Excerpt = "panic: connection to db refused (12 times) | exiting" },
                new() { Id = "E3", Kind = EvidenceKind.Change, Source = "Deployment/web revisions", Time = Now.AddMinutes(-5), Excerpt = "image changed from web:1 to web:2" },
            ],
            LastEvidenceNumber = 3,
            Hypotheses = [.. rules],
            Changes = [new() { Id = "C1", Resource = Web, Time = Now.AddMinutes(-5), Summary = "image changed" }, new() { Id = "C2", Resource = Database, Time = Now.AddMinutes(-9), Summary = "scaled" }],
            Conditions = [new() { Type = ConditionTypes.Diagnosed, Status = ConditionStatus.True, Reason = "HypothesesReady", Message = "x" }],
            Triage = new(),
        },
    };

    public static Runbook RunbookFor(string name, params string[] causes) => new() { Metadata = new() { Name = name, Namespace = "firstline-system" }, Spec = new() { Match = new() { Causes = [.. causes] } } };

    public static Hypothesis Rule(string id, string cause, int percent, TargetRef? resource = null) => new()
    {
        Id = id, Cause = cause, ConfidencePercent = percent, Resource = resource ?? Web, EvidenceFor = ["E1"], Statement = $"{cause} by rule", Origin = "rule/X", NextStep = "kubectl describe deployment/web -n shop",
    };

    /// <summary>An answer with one hypothesis; a field is left out for null, and any JSON may be given for one.</summary>
    public static string Answer(
        string? cause = "\"DependencyUnavailable\"", string? statement = "\"db refuses connections\"", string? confidence = "80", string? resource = "{\"kind\":\"Deployment\",\"name\":\"db\"}",
        string? cited = "[{\"id\":\"E2\",\"quote\":\"connection to db refused\"}]", string? against = "[]", string? runbook = "null", string? nextStep = "null", string more = "", string? prediction = "null", string? refutation = "null") =>
        $$"""{"rationale":"the log says so","hypotheses":[{{Claim(cause, statement, confidence, resource, cited, against, runbook, nextStep, more, prediction, refutation)}}]}""";

    public static string Claim(
        string? cause = "\"DependencyUnavailable\"", string? statement = "\"db refuses connections\"", string? confidence = "80", string? resource = "{\"kind\":\"Deployment\",\"name\":\"db\"}",
        string? cited = "[{\"id\":\"E2\",\"quote\":\"connection to db refused\"}]", string? against = "[]", string? runbook = "null", string? nextStep = "null", string more = "", string? prediction = "null", string? refutation = "null")
    {
        (string Name, string? Value)[] fields =
            [("cause", cause), ("statement", statement), ("confidence", confidence), ("resource", resource), ("for", cited), ("against", against), ("runbook", runbook), ("nextStep", nextStep), ("prediction", prediction), ("refutation", refutation)];
        return $"{{{string.Join(',', fields.Where(static f => f.Value is not null).Select(static f => $"\"{f.Name}\":{f.Value}"))}{more}}}";
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text, JsonSerializerOptions.Default.GetTypeInfo(typeof(string)));

    public static CheckedAnswer Check(string answer, Incident? incident = null) =>
        AnswerCheck.Of(answer, AnswerScope.Of(incident ?? Incident(Rule("H1", Causes.BadRollout, 75)), Declared, [], EvidenceRedaction.Default));

    public static ModelConclusion Conclude(Incident incident, string? answer, string? failure = null, ImmutableArray<EvidenceItem>? lookedUp = null) => ModelReview.Conclude(
        incident, Declared, Asked, new(answer, new(2, 1000, 200), failure, TimeSpan.FromSeconds(3.2)), lookedUp ?? [], EvidenceRedaction.Default, new() { InputPrice = 3, OutputPrice = 15 });

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
