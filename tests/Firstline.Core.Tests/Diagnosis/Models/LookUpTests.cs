using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis.Models;

/// <summary>What a model gets to see when it asks.</summary>
public sealed class LookUpTests
{
    [Fact]
    public void Of_tells_the_state_of_an_object_and_what_the_rules_would_cite_of_it()
    {
        Found found = LookUp.Of(Deployment(Pod(BackingOff())), Now, EvidenceRedaction.Default);

        found.Items[0].Should().Match<EvidenceItem>(static e => e.Source == "Deployment/web as it is now" && e.Excerpt == "0 of 1 pods ready, 1 updated");
        found.Items.Should().Contain(static e => e.Source == "Pod/web-1 status.containerStatuses[app]" && e.Excerpt.Contains("CrashLoopBackOff"));
        LookUp.Of(Deployment() with { Exists = false }, Now, EvidenceRedaction.Default).Items[0].Excerpt.Should().Be("it does not exist");
    }

    [Fact]
    public void List_tells_name_and_state_of_each_and_of_a_ConfigMap_no_value()
    {
        Situation situation = Deployment(Pod(BackingOff())) with
        {
            ConfigMaps = [new() { Ref = Target("ConfigMap", "app", "v1"), Data = ImmutableSortedDictionary<string, string>.Empty.Add("url", "hidden-value") }],
        };

        Listed("Pod").Should().Be("Pod/web-1: Running, not ready; app waiting: CrashLoopBackOff; last run: ended: Error with exit code 1; 3 restarts; image shop/web:2");
        Listed("ConfigMap").Should().Be("ConfigMap/app: keys url");
        LookUp.List(situation, "Secret", Now, EvidenceRedaction.Default).Items.Should().BeEmpty();

        string Listed(string kind) => LookUp.List(situation, kind, Now, EvidenceRedaction.Default).Items.Should().ContainSingle().Subject.Excerpt;
    }

    [Fact]
    public void Log_takes_secrets_out_and_tells_of_orders_wherever_they_stand()
    {
        Log("db password=hunter2hunter2 failed").Items.Should().ContainSingle().Which.Excerpt.Should().Be("db password=[redacted] failed");
        Log("all is well").Suspicious.Should().BeEmpty();
        foreach (string text in PoisonedInputs.Texts)
        {
            Log("started", text, "failed").Suspicious.Should().Equal(["Pod/web-1 log of app"], text);
            LookUp.Events([new(Target("Pod", "web-1", "v1"), "Warning", "BackOff", text, 1, Now)], EvidenceRedaction.Default).Suspicious.Should().ContainSingle(text);
        }

        static Found Log(params string[] lines) => LookUp.Log(new("web-1", "app", false, [.. lines]), Now, EvidenceRedaction.Default);
    }
}
