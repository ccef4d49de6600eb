using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Tests.Admission;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Schemas;

public sealed class KindRegistryTests
{
    [Theory]
    [InlineData("core kinds have no group", "", "v1", "pods", "Pod")]
    [InlineData("groups may be qualified", "rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole")]
    [InlineData("events are served twice", "events.k8s.io", "v1", "events", "Event")]
    [InlineData("definitions are a kind", "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition")]
    public void FindByPlural_finds_builtin_kinds(string situation, string group, string version, string plural, string kind)
    {
        KindDefinition? found = new KindRegistry().FindByPlural(group, version, plural);
        found.Should().NotBeNull(situation);
        found!.Kind.Should().Be(kind);
        new KindRegistry().FindByKind(found.ApiVersion, kind).Should().BeSameAs(found);
    }

    [Fact]
    public void All_leaves_out_what_is_not_stored() =>
        new KindRegistry().All.Select(k => k.Kind).Should().NotContain("SelfSubjectAccessReview").And.Contain("Lease");

    [Fact]
    public void SetCustomResources_serves_established_definitions_only()
    {
        KindRegistry registry = new();
        JsonObject definition = Recorded.WidgetDefinition();
        registry.SetCustomResources([definition]);
        KindDefinition? widget = registry.FindByKind("example.dev/v1", "Widget");
        widget.Should().NotBeNull();
        widget!.ShortNames.Should().Equal("wg");
        widget.Scale.Should().Be(new ScalePaths(".spec.replicas", ".status.replicas", ".status.selector"));
        widget.SelectableFields.Should().Equal(".spec.level");
        widget.Columns.Should().HaveCount(10);

        definition.Remove("status");
        registry.SetCustomResources([definition]);
        registry.FindByKind("example.dev/v1", "Widget").Should().BeNull();
    }

    [Fact]
    public void SetCustomResources_never_takes_a_builtin_name()
    {
        JsonObject definition = Recorded.WidgetDefinition();
        definition["spec"]!["group"] = "apps";
        definition["spec"]!["names"]!["plural"] = "deployments";
        KindRegistry registry = new();
        registry.SetCustomResources([definition]);
        registry.FindByPlural("apps", "v1", "deployments")!.IsCustom.Should().BeFalse();
    }

    [Fact]
    public void SetCustomResources_gives_kinds_without_columns_their_age()
    {
        JsonObject definition = Recorded.WidgetDefinition();
        definition["spec"]!["versions"]![0]!.AsObject().Remove("additionalPrinterColumns");
        CustomKindReader.Read(definition).Single().Definition.Columns.Should().ContainSingle(c => c.Name == "Age" && c.Type == "date");
    }

    [Fact]
    public void Resolve_knows_how_lists_merge()
    {
        SchemaNode containers = BuiltinTypes.Shared.Resolve("core.v1.PodSpec").Properties["containers"];
        containers.Should().Match<SchemaNode>(n => n.ListType == "map" && n.PatchStrategy == "merge" && n.PatchMergeKey == "name");
        containers.Items!.Properties["ports"].ListMapKeys.Should().Equal("containerPort", "protocol");
        containers.Items.Properties["ports"].Items!.Properties["protocol"].Default!.ToString().Should().Be("TCP");
        BuiltinTypes.Shared.Resolve("apps.v1.DeploymentSpec").Properties["strategy"].PatchStrategy.Should().Be("retainKeys");
    }

    [Fact]
    public void Descriptions_name_types_and_fields_that_exist()
    {
        foreach ((string name, JsonNode? _) in EmbeddedJson.Read("builtin-descriptions.json").AsObject())
        {
            int dot = name.LastIndexOf('.');
            bool exists = BuiltinTypes.Shared.Raw.ContainsKey(name) || BuiltinTypes.Shared.Raw.Fields(name[..dot], "fields")?.ContainsKey(name[(dot + 1)..]) == true;
            exists.Should().BeTrue(name);
        }
    }

    [Fact]
    public void Data_files_stay_small()
    {
        string[] names = ["builtin-types.json", "builtin-kinds.json", "builtin-descriptions.json", "builtin-protobuf.json"];
        names.Sum(n => EmbeddedJson.Read(n).ToJsonString().Length).Should().BeLessThan(400_000);
    }
}
