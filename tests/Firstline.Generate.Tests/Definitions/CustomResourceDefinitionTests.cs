using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Generate.Definitions;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Definitions;

public sealed class CustomResourceDefinitionTests
{
    private static readonly string[] Described = ["metadata"];

    [Fact]
    public void There_is_one_definition_per_kind() => CustomResources.All.Select(root => root.Name)
        .Should().Equal("Incident", "RemediationPolicy", "RemediationRequest", "Runbook");

    [Fact]
    public void Every_field_has_a_description() => SchemaWalk.All()
        .Where(node => !node.Path.EndsWith("{}", StringComparison.Ordinal) && !Described.Contains(node.Path.Split('.')[^1]))
        .Where(node => !(node.Path.EndsWith("[]", StringComparison.Ordinal) && Type(node.Schema) == "string"))
        .Where(node => string.IsNullOrWhiteSpace(node.Schema["description"]?.GetValue<string>()))
        .Select(node => node.Path).Should().BeEmpty();

    [Fact]
    public void Descriptions_are_plain_sentences() => SchemaWalk.All()
        .Select(node => (node.Path, Text: node.Schema["description"]?.GetValue<string>() ?? ""))
        .Where(node => node.Text.Contains('<', StringComparison.Ordinal) || node.Text.Contains("T:", StringComparison.Ordinal) || node.Text.Contains("  ", StringComparison.Ordinal))
        .Should().BeEmpty();

    [Fact]
    public void Every_node_has_a_type_as_structural_schemas_must() => SchemaWalk.All()
        .Where(node => Type(node.Schema) is null).Select(node => node.Path).Should().BeEmpty();

    [Fact]
    public void Every_string_list_map_and_number_is_bounded() => SchemaWalk.All()
        .Where(node => !node.Path.EndsWith(".apiVersion", StringComparison.Ordinal) && node.Path.Count(c => c == '.') > 1 && !IsBounded(node.Schema))
        .Select(node => node.Path).Should().BeEmpty();

    [Fact]
    public void Nothing_unknown_is_preserved() => SchemaWalk.All()
        .Where(node => node.Schema.Any(entry => entry.Key is "x-kubernetes-preserve-unknown-fields" or "x-kubernetes-int-or-string"))
        .Should().BeEmpty();

    [Fact]
    public void Keys_of_list_maps_are_required_in_their_items() => SchemaWalk.All()
        .Where(node => node.Schema["x-kubernetes-list-type"]?.GetValue<string>() == "map")
        .Where(node => !node.Schema["x-kubernetes-list-map-keys"]!.AsArray().All(key => Required(node.Schema["items"]!).Contains(key!.GetValue<string>())))
        .Select(node => node.Path).Should().BeEmpty();

    [Theory]
    [InlineData("an enum names what each value means", "Runbook.spec.level", "L2 - The operator prepares; a human approves.")]
    [InlineData("what a reference names is its last word", "Incident.status.conditions[].lastTransitionTime", "When status last changed.")]
    public void Descriptions_say(string situation, string path, string text) => At(path)["description"]!.GetValue<string>().Should().Contain(text, situation);

    [Theory]
    [InlineData("a missing verdict would read as an open gate", "RemediationRequest.status.gates[]", "decision")]
    [InlineData("the attribute says so", "Incident.spec", "target")]
    public void Required_holds_what_must_be_said(string situation, string path, string field) => Required(At(path)).Should().Contain(field, situation);

    [Theory]
    [InlineData("it has a default", "Incident.spec", "source")]
    [InlineData("it may be null", "Incident.spec", "severity")]
    [InlineData("an empty list is left out", "Incident.status", "timeline")]
    public void Required_leaves_out(string situation, string path, string field) => Required(At(path)).Should().NotContain(field, situation);

    [Theory]
    [InlineData("a duration", "RemediationPolicy.spec.limits.cooldown", "\"15m\"")]
    [InlineData("a number", "RemediationPolicy.spec.limits.maxDisruptedPercent", "34")]
    [InlineData("a flag", "RemediationPolicy.spec.suspended", "false")]
    [InlineData("a word", "RemediationPolicy.spec.maxMode", "\"Suggest\"")]
    [InlineData("a part with defaults within", "RemediationPolicy.spec.limits", "{}")]
    public void Defaults_are_on_the_field(string situation, string path, string json) => At(path)["default"]?.ToJsonString().Should().Be(json, situation);

    [Theory]
    [InlineData("nothing within it has a default", "RemediationPolicy.spec.protected")]
    [InlineData("null means that there is no status yet", "Runbook.status")]
    public void Parts_have_no_default_when(string situation, string path) => At(path)["default"].Should().BeNull(situation);

    [Fact]
    public void Integers_stay_within_what_the_code_can_read()
    {
        At("Incident.status.count")["maximum"]!.GetValue<long>().Should().Be(int.MaxValue);
        At("Incident.status.observedGeneration")["format"]!.GetValue<string>().Should().Be("int64");
        At("Incident.status.observedGeneration")["maximum"].Should().BeNull("a floating point number would round it up");
    }

    [Fact]
    public void Action_names_come_from_the_catalogue() => At("Runbook.spec.steps[].action")["enum"]!.ToJsonString().Should().Be("""["RestartWorkload"]""");

    [Fact]
    public void Rules_of_the_type_come_before_those_of_the_property() => At("RemediationRequest.status")["x-kubernetes-validations"]!.AsArray()
        .Select(rule => rule!["rule"]!.GetValue<string>()).Should().StartWith("!has(oldSelf.approvals) || has(self.approvals)");

    [Fact]
    public void Kinds_are_found_by_short_name_and_category()
    {
        JsonNode names = SchemaWalk.Definition(typeof(Incident))["spec"]!["names"]!;

        names["shortNames"]!.ToJsonString().Should().Be("""["inc"]""");
        names["categories"]!.ToJsonString().Should().Be("""["firstline"]""");
        names["singular"]!.GetValue<string>().Should().Be("incident");
    }

    [Fact]
    public void Status_is_a_subresource_of_each_kind_so_that_who_may_write_the_spec_cannot_forge_it() =>
        CustomResources.All.Select(static kind => SchemaWalk.Version(kind)["subresources"]?.ToJsonString()).Should().OnlyContain(static parts => parts == """{"status":{}}""");

    [Fact]
    public void Printer_columns_and_selectable_fields_name_fields_that_exist()
    {
        foreach (Type root in CustomResources.All)
        {
            JsonObject version = SchemaWalk.Version(root);
            IEnumerable<string> paths = Paths(version, "additionalPrinterColumns").Concat(Paths(version, "selectableFields"))
                .Where(path => !path.StartsWith(".metadata.", StringComparison.Ordinal) && !path.Contains('[', StringComparison.Ordinal));
            SchemaWalk.All().Select(node => node.Path).Should().Contain(paths.Select(path => root.Name + path));
        }
    }

    private static IEnumerable<string> Paths(JsonObject version, string list) =>
        (version[list] as JsonArray ?? []).Select(entry => entry!["jsonPath"]!.GetValue<string>());

    private static JsonObject At(string path) => SchemaWalk.All().Single(node => node.Path == path).Schema;

    private static string? Type(JsonObject schema) => schema["type"]?.GetValue<string>();

    private static IEnumerable<string> Required(JsonNode schema) => (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>());

    private static bool IsBounded(JsonObject schema) => Type(schema) switch
    {
        "string" => schema["maxLength"] is not null || schema["enum"] is not null || schema["format"] is not null,
        "array" => schema["maxItems"] is not null,
        "object" => schema["properties"] is not null || schema["maxProperties"] is not null,
        "integer" => schema["minimum"] is not null && (schema["maximum"] is not null || schema["format"]!.GetValue<string>() == "int64"),
        "boolean" => true,
        _ => false,
    };
}
