using System.Text.Json.Nodes;
using Firstline.DevServer.Discovery;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Tests.Admission;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Discovery;

public sealed class DiscoveryDocumentsTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private const string Plain = "application/json";

    private readonly KindRegistry _registry = new();

    [Theory]
    [InlineData("/api", Plain, "APIVersions")]
    [InlineData("/apis", Plain, "APIGroupList")]
    [InlineData("/api", Aggregated, "APIGroupDiscoveryList")]
    [InlineData("/apis", Aggregated, "APIGroupDiscoveryList")]
    [InlineData("/api/v1", Plain, "APIResourceList")]
    [InlineData("/apis/apps", Plain, "APIGroup")]
    [InlineData("/apis/apps/v1", Plain, "APIResourceList")]
    [InlineData("/apis/apps/v9", Plain, null)]
    [InlineData("/apis/nobody", Plain, null)]
    [InlineData("/openapi/v3/apis/nobody/v1", Plain, null)]
    public void Find_answers_by_path_and_accept(string path, string accept, string? kind) =>
        Documents().Find(path, accept).Text("kind").Should().Be(kind);

    [Fact]
    public void Find_lists_resources_with_their_subresources()
    {
        string[] names = [.. Documents().Find("/api/v1", Plain).Objects("resources").Select(r => r.Text("name")!)];
        names.Should().Contain(["pods", "pods/status", "pods/eviction", "pods/log", "serviceaccounts/token", "namespaces/finalize"]);
        Documents().Find("/apis/authorization.k8s.io/v1", Plain).Objects("resources").SelectMany(r => r.Strings("verbs")).Should().OnlyContain(v => v == "create");
    }

    [Fact]
    public void Find_follows_the_served_kinds()
    {
        DiscoveryDocuments documents = Documents();
        documents.Find("/apis/example.dev/v1", Plain).Should().BeNull();
        string before = documents.Find("/openapi/v3", Plain)!.ToJsonString();

        _registry.SetCustomResources([Recorded.WidgetDefinition()]);

        documents.Find("/apis/example.dev/v1", Plain).Objects("resources").Select(r => r.Text("name")).Should().Equal("widgets", "widgets/scale", "widgets/status");
        documents.Find("/openapi/v3", Plain)!.ToJsonString().Should().NotBe(before).And.Contain("/openapi/v3/apis/example.dev/v1?hash=");
    }

    [Theory]
    [InlineData("/openapi/v3/api/v1", "io.k8s.api.core.v1.Pod")]
    [InlineData("/openapi/v3/apis/apps/v1", "io.k8s.api.apps.v1.Deployment")]
    [InlineData("/openapi/v3/apis/apiextensions.k8s.io/v1", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition")]
    [InlineData("/openapi/v3/apis/example.dev/v1", "dev.example.v1.Widget")]
    public void Find_gives_openapi_whose_references_all_resolve(string path, string type)
    {
        _registry.SetCustomResources([Recorded.WidgetDefinition()]);
        JsonObject document = Documents().Find(path, Plain)!;
        JsonObject schemas = document.Fields("components", "schemas")!;
        schemas.Should().Contain(s => s.Key == type);
        schemas.Fields(type)!.List("x-kubernetes-group-version-kind").Should().ContainSingle();
        References(document).Except(schemas.Select(s => $"#/components/schemas/{s.Key}")).Should().BeEmpty();
    }

    [Fact]
    public void Find_offers_field_validation_on_patches()
    {
        JsonNode? patch = Documents().Find("/openapi/v3/apis/apps/v1", Plain).At("paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch");
        patch.Objects("parameters").Select(p => p.Text("name")).Should().Contain("fieldValidation");
    }

    [Theory]
    [InlineData("v2", "v1")]
    [InlineData("v1", "v1beta2")]
    [InlineData("v1beta2", "v1beta1")]
    [InlineData("v1beta1", "v1alpha3")]
    [InlineData("v1alpha1", "foo")]
    [InlineData("v11", "v2")]
    public void Compare_puts_the_most_wanted_version_first(string first, string second) =>
        VersionOrder.Instance.Compare(first, second).Should().BeNegative();

    private DiscoveryDocuments Documents() => new(_registry);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => f.Key == "$ref" && f.Value is JsonValue ? [f.Value.ToString()] : References(f.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
