using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class WriteTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    private readonly ApiClient api = running.Client;

    [Theory]
    [InlineData("another kind", "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a'}}", 400, "BadRequest",
        "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (v1.ConfigMap): unknown conversion")]
    [InlineData("half an object", "{'apiVersion':'v1',", 400, "BadRequest",
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({\"apiVersion\":\"v1\",)")]
    [InlineData("no name", "{}", 422, "Invalid", "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    [InlineData("another namespace", "{'metadata':{'name':'a','namespace':'b'}}", 400, "BadRequest",
        "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("a version", "{'metadata':{'name':'a','resourceVersion':'5'}}", 500, "", "resourceVersion should not be set on objects to be created")]
    public async Task Create_refuses(string situation, string body, int code, string reason, string message)
    {
        ApiAnswer answer = await api.PostAsync(ConfigMaps, body);

        (answer.Code, answer.Reason, answer.Message).Should().Be((code, reason, message), situation);
    }

    [Fact]
    public async Task Create_in_a_namespace_that_is_not_there_names_the_namespace()
    {
        ApiAnswer answer = await api.PostAsync("/api/v1/namespaces/nope/configmaps", "{'metadata':{'name':'a'}}");

        (answer.Code, answer.Message).Should().Be((404, "namespaces \"nope\" not found"));
    }

    [Fact]
    public async Task Create_twice_says_that_the_object_exists()
    {
        await CreateAsync("twice");

        ApiAnswer answer = await api.PostAsync(ConfigMaps, "{'metadata':{'name':'twice'}}");

        (answer.Code, answer.Reason, answer.Message).Should().Be((409, "AlreadyExists", "configmaps \"twice\" already exists"));
    }

    [Fact]
    public async Task Create_makes_names_from_generateName()
    {
        ApiAnswer one = await api.PostAsync(ConfigMaps, "{'metadata':{'generateName':'made-'}}");
        ApiAnswer two = await api.PostAsync(ConfigMaps, "{'metadata':{'generateName':'made-'}}");

        Name(one).Should().MatchRegex("^made-[a-z0-9]{5}$").And.NotBe(Name(two));
    }

    [Fact]
    public async Task Create_reads_yaml()
    {
        ApiAnswer answer = await api.PostAsync(ConfigMaps, "metadata:\n  name: from-yaml\ndata:\n  a: \"1\"\n", "application/yaml");

        answer.Code.Should().Be(201);
        answer.Body["data"]!["a"]!.GetValue<string>().Should().Be("1");
    }

    [Fact]
    public async Task Dry_runs_answer_as_if_and_store_nothing()
    {
        (await api.PostAsync($"{ConfigMaps}?dryRun=All", "{'metadata':{'name':'dry'}}")).Code.Should().Be(201);
        (await api.GetAsync($"{ConfigMaps}/dry")).Code.Should().Be(404);

        await CreateAsync("kept");
        (await api.DeleteAsync($"{ConfigMaps}/kept?dryRun=All")).Code.Should().Be(200);
        (await api.PatchAsync($"{ConfigMaps}/kept?dryRun=All", "{'data':{'k':'w'}}")).Body["data"]!["k"]!.GetValue<string>().Should().Be("w");
        (await api.GetAsync($"{ConfigMaps}/kept")).Body["data"]!["k"]!.GetValue<string>().Should().Be("v");
    }

    [Theory]
    [InlineData("Strict", 400, 0)]
    [InlineData("Warn", 201, 1)]
    [InlineData("Ignore", 201, 0)]
    public async Task Unknown_fields_are_refused_reported_or_dropped(string validation, int code, int warnings)
    {
        ApiAnswer answer = await api.PostAsync($"{ConfigMaps}?dryRun=All&fieldValidation={validation}", "{'metadata':{'name':'u'},'dat':{}}");

        (answer.Code, answer.Warnings.Length).Should().Be((code, warnings));
        answer.Text.Should().NotContain("\"dat\":");
    }

    [Fact]
    public async Task Replace_from_an_old_version_conflicts()
    {
        ApiAnswer created = await CreateAsync("old");
        await api.PatchAsync($"{ConfigMaps}/old", "{'data':{'k':'w'}}");

        ApiAnswer answer = await api.PutAsync($"{ConfigMaps}/old", $"{{'metadata':{{'name':'old','resourceVersion':'{created.Version}'}}}}");

        (answer.Code, answer.Reason).Should().Be((409, "Conflict"));
        answer.Message.Should().Be(
            "Operation cannot be fulfilled on configmaps \"old\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task A_write_that_changes_nothing_keeps_the_version()
    {
        ApiAnswer created = await CreateAsync("same");

        (await api.PatchAsync($"{ConfigMaps}/same", "{'data':{'k':'v'}}")).Version.Should().Be(created.Version);
    }

    [Fact]
    public async Task Generation_counts_changes_of_the_spec_alone()
    {
        await api.PostAsync(Deployments, Deployment("gen"));
        await api.PatchAsync($"{Deployments}/gen", "{'metadata':{'labels':{'a':'c'}}}");
        await api.PatchAsync($"{Deployments}/gen/status", "{'status':{'replicas':1}}");
        ApiAnswer scaled = await api.PatchAsync($"{Deployments}/gen", "{'spec':{'replicas':3}}");

        scaled.Body["metadata"]!["generation"]!.GetValue<int>().Should().Be(2);
        scaled.Body["status"]!["replicas"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task Status_and_main_resource_ignore_each_others_fields()
    {
        await api.PostAsync(Deployments, Deployment("parts"));
        await api.PatchAsync($"{Deployments}/parts/status", "{'status':{'replicas':2},'spec':{'replicas':9}}");
        ApiAnswer after = await api.PatchAsync($"{Deployments}/parts", "{'status':{'replicas':77},'metadata':{'labels':{'x':'y'}}}");

        after.Body["spec"]!["replicas"]!.GetValue<int>().Should().Be(1);
        after.Body["status"]!["replicas"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task Scale_reads_and_writes_replicas()
    {
        await api.PostAsync(Deployments, Deployment("sized"));
        ApiAnswer scale = await api.PatchAsync($"{Deployments}/sized/scale", "{'spec':{'replicas':4}}");

        scale.Body["kind"]!.GetValue<string>().Should().Be("Scale");
        scale.Body["status"]!["selector"]!.GetValue<string>().Should().Be("app=sized");
        (await api.GetAsync($"{Deployments}/sized")).Body["spec"]!["replicas"]!.GetValue<int>().Should().Be(4);
    }

    [Fact]
    public async Task Apply_creates_conflicts_and_forces()
    {
        (await api.PatchAsync($"{ConfigMaps}/ssa?fieldManager=one", Applied("1"), ApiClient.Apply)).Code.Should().Be(201);

        ApiAnswer conflict = await api.PatchAsync($"{ConfigMaps}/ssa?fieldManager=two", Applied("2"), ApiClient.Apply);
        ApiAnswer forced = await api.PatchAsync($"{ConfigMaps}/ssa?fieldManager=two&force=true", Applied("2"), ApiClient.Apply);

        (conflict.Code, conflict.Message).Should().Be((409, "Apply failed with 1 conflict: conflict with \"one\" using v1: .data.k"));
        conflict.Body["details"]!["causes"]![0]!["field"]!.GetValue<string>().Should().Be(".data.k");
        forced.Body["data"]!["k"]!.GetValue<string>().Should().Be("2");

        static string Applied(string value) => $"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'ssa'}},'data':{{'k':'{value}'}}}}";
    }

    [Fact]
    public async Task Apply_needs_a_field_manager()
    {
        ApiAnswer answer = await api.PatchAsync($"{ConfigMaps}/x", "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'}}", ApiClient.Apply);

        answer.Message.Should().Be("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/json", 415)]
    [InlineData("application/json-patch+json", 400)]
    public async Task Patches_of_the_wrong_type_are_refused(string mediaType, int code)
    {
        await api.PostAsync(ConfigMaps, "{'metadata':{'name':'typed'}}");

        (await api.PatchAsync($"{ConfigMaps}/typed", "{}", mediaType)).Code.Should().Be(code);
    }

    [Fact]
    public async Task Bodies_above_three_mebibytes_are_refused()
    {
        ApiAnswer answer = await api.PostAsync(ConfigMaps, new string('a', 3_200_000));

        (answer.Code, answer.Message).Should().Be((413, "Request entity too large: limit is 3145728"));
    }

    [Fact]
    public async Task Concurrent_patches_are_all_kept()
    {
        await CreateAsync("busy");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.PatchAsync($"{ConfigMaps}/busy", $"{{'data':{{'k{i}':'x'}}}}")));

        (await api.GetAsync($"{ConfigMaps}/busy")).Body["data"]!.AsObject().Count.Should().Be(21);
    }

    private Task<ApiAnswer> CreateAsync(string name) => api.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}'}},'data':{{'k':'v'}}}}");

    private static string Name(ApiAnswer answer) => answer.Body["metadata"]!["name"]!.GetValue<string>();

    private static string Deployment(string name) =>
        $"{{'metadata':{{'name':'{name}'}},'spec':{{'selector':{{'matchLabels':{{'app':'{name}'}}}},'template':{{'metadata':{{'labels':{{'app':'{name}'}}}},'spec':{{'containers':[{{'name':'c','image':'i'}}]}}}}}}}}";
}
