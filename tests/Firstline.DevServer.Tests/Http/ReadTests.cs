using System.Text.Json.Nodes;
using Firstline.DevServer.Http;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class ReadTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private DevApiServer Server { get; set; } = null!;

    private ApiClient Api { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None, WatchHistory = 5 }, CancellationToken.None);
        Api = new ApiClient(Server);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task Pages_show_one_version_whatever_happens_between_them()
    {
        await CreateAsync("a", "b", "c");
        ApiAnswer first = await Api.GetAsync($"{ConfigMaps}?limit=2");
        await Api.DeleteAsync($"{ConfigMaps}/c");
        await CreateAsync("d");

        ApiAnswer second = await Api.GetAsync($"{ConfigMaps}?limit=2&continue={Token(first)}");

        first.Names.Concat(second.Names).Should().Equal("a", "b", "c");
        first.Body["metadata"]!["remainingItemCount"]!.GetValue<int>().Should().Be(1);
        second.Version.Should().Be(first.Version);
    }

    [Fact]
    public async Task A_page_older_than_the_history_is_expired_and_offers_an_inconsistent_rest()
    {
        await CreateAsync("a", "b");
        ApiAnswer first = await Api.GetAsync($"{ConfigMaps}?limit=1");
        await CreateAsync("c", "d", "e", "f", "g", "h");

        ApiAnswer expired = await Api.GetAsync($"{ConfigMaps}?limit=1&continue={Token(first)}");
        ApiAnswer rest = await Api.GetAsync($"{ConfigMaps}?continue={Token(expired)}");

        (expired.Code, expired.Reason).Should().Be((410, "Expired"));
        rest.Names.Should().Equal("b", "c", "d", "e", "f", "g", "h");
    }

    [Theory]
    [InlineData("labelSelector=a b c", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("fieldSelector=spec.foo=x", "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("resourceVersion=abc", "invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")]
    [InlineData("resourceVersionMatch=Exact",
        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    public async Task Queries_that_make_no_sense_are_refused_in_the_servers_words(string query, string message) =>
        (await Api.GetAsync($"{ConfigMaps}?{Uri.EscapeDataString(query).Replace("%3D", "=", StringComparison.Ordinal)}")).Message.Should().Be(message);

    [Fact]
    public async Task A_version_from_the_future_is_a_timeout()
    {
        ApiAnswer answer = await Api.GetAsync($"{ConfigMaps}?resourceVersion=99999");

        (answer.Code, answer.Reason).Should().Be((504, "Timeout"));
        answer.Message.Should().StartWith("Timeout: Too large resource version: 99999, current: ");
    }

    [Fact]
    public async Task Exactly_an_old_version_is_listed_as_it_was()
    {
        await CreateAsync("a");
        string version = (await Api.GetAsync(ConfigMaps)).Version;
        await CreateAsync("b");

        (await Api.GetAsync($"{ConfigMaps}?resourceVersion={version}&resourceVersionMatch=Exact")).Names.Should().Equal("a");
    }

    [Fact]
    public async Task A_watch_shows_objects_enter_and_leave_its_selection()
    {
        using WatchReader watch = await Api.WatchAsync($"{ConfigMaps}?watch=1&labelSelector=on%3Dyes&resourceVersion=0&allowWatchBookmarks=true");
        (await watch.NextAsync())!["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>().Should().Be("true");
        await CreateAsync("w");
        await Api.PatchAsync($"{ConfigMaps}/w", "{'metadata':{'labels':{'on':'yes'}}}");
        await Api.PatchAsync($"{ConfigMaps}/w", "{'data':{'k':'w'}}");
        ApiAnswer left = await Api.PatchAsync($"{ConfigMaps}/w", "{'metadata':{'labels':{'on':'no'}}}");

        (await watch.NextNameAsync()).Should().Be("ADDED w");
        (await watch.NextNameAsync()).Should().Be("MODIFIED w");
        JsonNode gone = (await watch.NextAsync())!;
        gone["type"]!.GetValue<string>().Should().Be("DELETED");
        gone["object"]!["metadata"]!["labels"]!["on"]!.GetValue<string>().Should().Be("yes");
        gone["object"]!["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be(left.Version);
    }

    [Fact]
    public async Task A_watch_continues_where_a_list_ended()
    {
        await CreateAsync("before");
        string version = (await Api.GetAsync(ConfigMaps)).Version;
        await CreateAsync("missed");

        using WatchReader watch = await Api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");
        await CreateAsync("live");

        (await watch.NextNameAsync()).Should().Be("ADDED missed");
        (await watch.NextNameAsync()).Should().Be("ADDED live");
    }

    [Fact]
    public async Task A_watch_from_before_the_history_ends_with_Expired()
    {
        await CreateAsync("a", "b", "c", "d", "e", "f", "g");

        using WatchReader watch = await Api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion=1");
        JsonNode error = (await watch.NextAsync())!;

        error["type"]!.GetValue<string>().Should().Be("ERROR");
        (error["object"]!["code"]!.GetValue<int>(), error["object"]!["reason"]!.GetValue<string>()).Should().Be((410, "Expired"));
        (await watch.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_watch_can_send_the_initial_objects_and_say_where_they_end()
    {
        await CreateAsync("a", "b");
        using WatchReader watch = await Api.WatchAsync(
            $"{ConfigMaps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        (await watch.NextNameAsync()).Should().Be("ADDED a");
        (await watch.NextNameAsync()).Should().Be("ADDED b");
        (await watch.NextAsync())!["type"]!.GetValue<string>().Should().Be("BOOKMARK");
    }

    [Fact]
    public async Task A_quiet_watch_gets_bookmarks_of_what_happened_elsewhere()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None, BookmarkInterval = TimeSpan.FromMilliseconds(20) }, CancellationToken.None);
        using ApiClient client = new(server);
        using WatchReader watch = await client.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion=0&allowWatchBookmarks=true");
        ApiAnswer elsewhere = await client.PostAsync("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");

        string next;
        do
        {
            next = await watch.NextNameAsync();
        }
        while (next != $"BOOKMARK {elsewhere.Version}");
    }

    [Fact]
    public async Task A_watch_ends_when_the_server_stops()
    {
        using WatchReader watch = await Api.WatchAsync($"{ConfigMaps}?watch=1");

        await Server.DisposeAsync();

        (await watch.NextAsync()).Should().BeNull();
        Server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None }, CancellationToken.None);
    }

    [Theory]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", "Table")]
    [InlineData("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "PartialObjectMetadataList")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", "ConfigMapList")]
    public async Task Lists_come_in_the_form_that_the_client_accepts(string accept, string kind) =>
        (await Api.GetAsync(ConfigMaps, accept)).Body["kind"]!.GetValue<string>().Should().Be(kind);

    [Theory]
    [InlineData("/api/v1/foos", 404)]
    [InlineData("/apis/nope/v1/foos", 404)]
    [InlineData("/api/v1/namespaces/default/configmaps/nope", 404)]
    [InlineData("/api/v1/namespaces/default/configmaps/nope/status", 404)]
    [InlineData("/healthz", 200)]
    [InlineData("/version", 200)]
    public async Task Paths_answer(string path, int code) => (await Api.GetAsync(path)).Code.Should().Be(code);

    [Fact]
    public async Task Nobody_gets_in_without_a_known_token()
    {
        using ApiClient stranger = new(Server, "nonsense");

        ApiAnswer answer = await stranger.GetAsync(ConfigMaps);

        (answer.Code, answer.Reason, answer.Message).Should().Be((401, "Unauthorized", "Unauthorized"));
    }

    private async Task CreateAsync(params string[] names)
    {
        foreach (string name in names)
        {
            (await Api.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}'}},'data':{{'k':'v'}}}}")).Code.Should().Be(201);
        }
    }

    private static string Token(ApiAnswer answer) => answer.Body["metadata"]!["continue"]!.GetValue<string>();
}
