using System.Text.Json.Nodes;
using Firstline.DevServer.Http;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class ServerTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private static readonly DevServerOptions Plain = new() { Time = TimeProvider.System, Security = TransportSecurity.None };

    [Fact]
    public async Task A_port_in_use_is_one_clear_sentence()
    {
        await using DevApiServer first = await DevApiServer.StartAsync(Plain, CancellationToken.None);
        int port = first.Url.Port;

        await FluentActions.Awaiting(() => DevApiServer.StartAsync(Plain with { Port = port }, CancellationToken.None))
            .Should().ThrowAsync<DevServerException>().WithMessage($"port {port} of 127.0.0.1 cannot be used: * Choose another port, or 0 for a free one.");
    }

    [Fact]
    public async Task A_folder_brings_everything_back()
    {
        string folder = Directory.CreateTempSubdirectory("server").FullName;
        await using (DevApiServer first = await DevApiServer.StartAsync(Plain with { PersistenceFolder = folder }, CancellationToken.None))
        {
            using ApiClient api = new(first);
            await api.PostAsync(ConfigMaps, "{'metadata':{'name':'kept'}}");
        }

        await using (DevApiServer second = await DevApiServer.StartAsync(Plain with { PersistenceFolder = folder }, CancellationToken.None))
        {
            using ApiClient api = new(second);
            (await api.GetAsync($"{ConfigMaps}/kept")).Code.Should().Be(200);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Https_is_trusted_by_the_kubeconfigs_authority_and_users_have_contexts()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, Users = [new DevUser("alice", [])] }, CancellationToken.None);
        using System.Security.Cryptography.X509Certificates.X509Certificate2 authority =
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(server.AuthorityPem!);
        using HttpClientHandler handler = new()
        {
            ServerCertificateCustomValidationCallback = (_, certificate, chain, _) =>
            {
                chain!.ChainPolicy.TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(authority);
                chain.ChainPolicy.RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck;
                return chain.Build(certificate!);
            },
        };
        using HttpClient http = new(handler);

        (await http.GetStringAsync(new Uri(server.Url, "/healthz"))).Should().Be("ok");
        server.KubeconfigText.Should().Contain("current-context: \"admin\"").And.Contain("- name: \"alice\"").And.Contain(server.Users[1].Token);
    }

    [Fact]
    public async Task Rules_of_the_options_hold_for_requests_and_reviews()
    {
        DevServerOptions options = Plain with { Authorize = question => question.User.Name != "bob" || question.Verb == "get", Users = [new DevUser("bob", [])] };
        await using DevApiServer server = await DevApiServer.StartAsync(options, CancellationToken.None);
        using ApiClient bob = new(server, server.Users[1].Token);

        ApiAnswer refused = await bob.GetAsync(ConfigMaps);
        ApiAnswer review = await bob.PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "{'spec':{'resourceAttributes':{'verb':'approve','group':'firstline.dev','resource':'remediationrequests'}}}");

        (refused.Code, refused.Message).Should().Be(
            (403, "configmaps is forbidden: User \"bob\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\""));
        review.Body["status"]!["allowed"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task Initial_objects_are_there_at_the_first_request_with_definitions_before_their_objects()
    {
        JsonObject definition = (JsonObject)JsonNode.Parse("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.t.example"},
             "spec":{"group":"t.example","scope":"Namespaced","names":{"kind":"Thing","plural":"things","singular":"thing"},
              "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
               "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"size":{"type":"integer","default":3,"maximum":9}}}}}}}]}}
            """)!;
        JsonObject thing = (JsonObject)JsonNode.Parse("""{"apiVersion":"t.example/v1","kind":"Thing","metadata":{"name":"one"},"spec":{}}""")!;
        await using DevApiServer server = await DevApiServer.StartAsync(Plain with { InitialObjects = [thing, definition] }, CancellationToken.None);
        using ApiClient api = new(server);

        ApiAnswer found = await api.GetAsync("/apis/t.example/v1/namespaces/default/things/one");
        ApiAnswer invalid = await api.PatchAsync("/apis/t.example/v1/namespaces/default/things/one", "{'spec':{'size':10}}");
        ApiAnswer strategic = await api.PatchAsync("/apis/t.example/v1/namespaces/default/things/one", "{}", "application/strategic-merge-patch+json");

        found.Body["spec"]!["size"]!.GetValue<int>().Should().Be(3);
        invalid.Code.Should().Be(422);
        strategic.Code.Should().Be(415);
    }

    [Fact]
    public async Task A_deleted_definition_takes_its_objects_and_its_paths_with_it()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(Plain, CancellationToken.None);
        using ApiClient api = new(server);
        const string definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        const string things = "/apis/t.example/v1/things";
        const string thing = "{'apiVersion':'t.example/v1','kind':'Thing','metadata':{'name':'one'}}";
        using WatchReader watch = await api.WatchAsync($"{definitions}?watch=1");
        await api.PostAsync(definitions, """
            {"metadata":{"name":"things.t.example"},"spec":{"group":"t.example","scope":"Cluster","names":{"kind":"Thing","plural":"things"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
        await watch.UntilAsync(static e => e["object"]!["metadata"]!["finalizers"] is not null);

        // As on a real server, a kind is served a moment after its definition says so.
        ApiAnswer created = await api.PostAsync(things, thing);
        for (int asked = 1; asked < 1000 && created.Code == 404; asked++)
        {
            created = await api.PostAsync(things, thing);
        }

        await api.DeleteAsync($"{definitions}/things.t.example");
        await watch.UntilAsync(static e => e["type"]!.ToString() == "DELETED");

        created.Code.Should().Be(201);
        (await api.GetAsync($"{definitions}/things.t.example")).Code.Should().Be(404);
    }

    [Fact]
    public void Limits_are_those_of_the_documents()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Folder, "docs/dev-server.md"));

        string[] listed = [.. page.Split("## Limits")[1].Split("\n## ")[0].Split('\n').Where(static line => line.StartsWith("- ", StringComparison.Ordinal)).Select(static line => line[2..])];

        listed.Should().Equal(DevApiServer.Limits).And.OnlyContain(static sentence => sentence.EndsWith('.'));
    }
}
