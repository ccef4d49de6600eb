using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis.Models;

/// <summary>What a model is told leaves the cluster.</summary>
public sealed class ModelSecretsTests(ITestOutputHelper output)
{
    [Fact]
    public void No_planted_secret_is_in_a_question_or_in_what_a_model_looks_up()
    {
        int texts = 0;
        foreach ((string line, string secret) in PlantedSecrets.Lines)
        {
            foreach ((string way, Situation situation, SignalRecord signal) in EvidenceRedactionTests.Ways(line))
            {
                foreach (string sent in Sent(line, situation, signal))
                {
                    sent.Should().NotContain(secret, "{0} in {1}", line, way);
                    texts++;
                }
            }
        }

        output.WriteLine($"planted secrets: {PlantedSecrets.Lines.Length} in 7 ways each, 0 left in {texts} texts that a model gets");
    }

    private static IEnumerable<string> Sent(string line, Situation situation, SignalRecord signal)
    {
        IncidentSpec spec = new() { Target = situation.Subject, Summary = line };
        DiagnosisReport report = Diagnoser.Diagnose(new(spec, [signal], situation, Now));
        Incident incident = new()
        {
            Metadata = new() { Name = "web-1", Namespace = "shop" },
            Spec = spec,
            Status = new() { Signals = [signal], Evidence = report.Evidence, Hypotheses = report.Hypotheses, Changes = report.Changes, Triage = report.Triage },
        };
        IEnumerable<Found> lookedUp =
        [
            LookUp.Of(situation, Now, EvidenceRedaction.Default), LookUp.Events(situation.Events, EvidenceRedaction.Default),
            .. situation.Logs.Select(static l => LookUp.Log(l, Now, EvidenceRedaction.Default)),
            .. LookUp.Kinds.Select(kind => LookUp.List(situation, kind, Now, EvidenceRedaction.Default)),
        ];
        return lookedUp.Select(static f => f.ToJson(EvidenceRedaction.Default)).Prepend(ModelReview.QuestionOf(incident, [], EvidenceRedaction.Default).Input);
    }
}
