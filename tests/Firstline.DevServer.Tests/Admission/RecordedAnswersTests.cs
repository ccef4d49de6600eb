using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Admission;

public sealed class RecordedAnswersTests
{
    public static IEnumerable<object[]> Widgets() => Recorded.Cases("widgets.json");

    public static IEnumerable<object[]> Decoding() => Recorded.Cases("decoding.json");

    public static IEnumerable<object[]> Definitions() => Recorded.Cases("crds.json");

    public static IEnumerable<object[]> Metadata() => Recorded.Cases("metadata.json");

    [Theory]
    [MemberData(nameof(Widgets))]
    public void Admit_answers_for_a_custom_resource_as_a_real_server_does(string title)
    {
        JsonObject recorded = Recorded.Case("widgets.json", title);
        JsonObject widget = new()
        {
            ["apiVersion"] = "example.dev/v1",
            ["kind"] = "Widget",
            ["metadata"] = new JsonObject { ["name"] = "w" },
            ["spec"] = recorded["spec"]!.DeepClone(),
        };

        AdmissionResult result = new ObjectAdmission().Admit(Recorded.Widget(), null, widget, FieldValidation.Warn, null);

        result.DecodeError.Should().BeNull();
        result.Causes.Select(c => $"{c.Field}: {c.Message}").Should().Equal(recorded.Strings("causes"));
        result.Causes.Select(c => c.Reason).Should().Equal(recorded.Strings("reasons"));
        result.UnknownFields.Should().Equal(recorded.Strings("unknown"));
        if (recorded["stored"] is { } stored)
        {
            JsonNode.DeepEquals(result.Object["spec"], stored).Should().BeTrue("{0} should be {1}", result.Object["spec"]!.ToJsonString(), stored.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Decoding))]
    public void Decode_words_a_wrong_type_as_a_real_server_does(string title)
    {
        JsonObject recorded = Recorded.Case("decoding.json", title);
        JsonObject value = recorded["object"]!.DeepClone().AsObject();

        string? error = GoDecoder.Decode(Recorded.Builtin(value.Text("kind")!).Schema, value);

        error.Should().Be(recorded.Text("error"));
    }

    [Theory]
    [MemberData(nameof(Metadata))]
    public void Check_words_bad_metadata_as_a_real_server_does(string title)
    {
        JsonObject recorded = Recorded.Case("metadata.json", title);
        FieldErrors errors = new();

        MetadataValidation.Check(Recorded.Builtin("ConfigMap"), new JsonObject { ["metadata"] = recorded["metadata"]!.DeepClone() }, errors);

        errors.ToCauses().Select(c => $"{c.Field}: {c.Message}").Should().Equal(recorded.Strings("causes"));
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Admit_judges_a_definition_as_a_real_server_does(string title)
    {
        JsonObject recorded = Recorded.Case("crds.json", title);

        AdmissionResult result = new ObjectAdmission().Admit(
            Recorded.Builtin("CustomResourceDefinition"), null, recorded["object"]!.DeepClone().AsObject(), FieldValidation.Strict, null);

        result.UnknownFields.Should().BeEmpty();
        result.Causes.Select(c => $"{c.Field}: {c.Message}").Should().BeEquivalentTo(recorded.Strings("causes"));
    }
}
