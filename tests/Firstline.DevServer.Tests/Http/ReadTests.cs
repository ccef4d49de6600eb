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
    public async Task A_quiet_watch_gets_bookmarks_of_what_happened_elsewhere()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None, BookmarkInterval = TimeSpan.FromMilliseconds(20) }, CancellationToken.None);
        using ApiClient client = new(server);
        using WatchReader watch = await client.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion=0&allowWatchBookmarks=true");
        ApiAnswer elsewhere = await client.PostAsync("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");

        JsonNode bookmark = await watch.UntilAsync(e => e["object"]!["metadata"]!["resourceVersion"]!.ToString() == elsewhere.Version);

        bookmark["type"]!.ToString().Should().Be("BOOKMARK");
    }

    [Fact]
    public async Task A_watch_that_allows_bookmarks_gets_one_before_its_time_is_over_and_no_other_does()
    {
        using WatchReader allowed = await Api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion=1&timeoutSeconds=3&allowWatchBookmarks=true");
        using WatchReader plain = await Api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion=1&timeoutSeconds=3");

        JsonNode bookmark = await allowed.UntilAsync(static e => e["type"]!.ToString() == "BOOKMARK");

        bookmark["object"]!.ToJsonString().Should().Contain("resourceVersion").And.Contain("ConfigMap");
        (await allowed.NextAsync()).Should().BeNull();
        Func<Task> none = () => plain.UntilAsync(static e => e["type"]!.ToString() == "BOOKMARK");
        await none.Should().ThrowAsync<EndOfStreamException>();
    }

    [Fact]
    public async Task A_watch_ends_when_the_server_stops()
    {
        using WatchReader watch = await Api.WatchAsync($"{ConfigMaps}?watch=1");

        await Server.DisposeAsync();

        (await watch.NextAsync()).Should().BeNull();
        Server = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None }, CancellationToken.None);
    }

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
