using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Client;

public sealed class FencedWriteTests
{
    private static readonly NamespacedName A = new("shop", "a");
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData("patch")]
    [InlineData("delete")]
    [InlineData("apply")]
    public async Task Write_is_not_sent_again_once_its_time_is_over(string verb)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<KubeResponse> writing = WriteAsync(client, verb, Grace);
        await (await server.NextAsync()).WithHeader("Retry-After", "7").FailAsync(503, "ServiceUnavailable", "restarting");
        await clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(7));
        clock.Advance(TimeSpan.FromSeconds(8));

        (await ErrorAsync(writing)).Should().Match<KubeException>(static e => e.Kind == KubeErrorKind.Timeout && e.IsTransient)
            .And.Subject.As<KubeException>().Message.Should().EndWith("not sent any more: the 4 s in which it may be sent are over");
        server.IsIdle.Should().BeTrue("the lease may be another's by now");
    }

    [Fact]
    public async Task Write_under_way_is_given_up_when_its_time_is_over_and_not_sent_again()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<KubeResponse> writing = WriteAsync(client, "delete", Grace);
        Exchange first = await server.NextAsync();
        Task gone = first.ClientGoneAsync();
        clock.Advance(Grace);

        (await ErrorAsync(writing)).Kind.Should().Be(KubeErrorKind.Timeout);
        await gone;
        server.IsIdle.Should().BeTrue();
    }

    [Fact]
    public async Task Write_whose_time_is_over_before_it_gets_its_turn_is_never_sent()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock, new KubeClientOptions { MaxConcurrentRequests = 1 });
        Task<KubeResponse> other = client.GetAsync(PodView.Type, A, Patience.Token);
        Exchange busy = await server.NextAsync();
        Task<KubeResponse> writing = WriteAsync(client, "patch", Grace);
        clock.Advance(Grace);

        (await ErrorAsync(writing)).Kind.Should().Be(KubeErrorKind.Timeout);
        await busy.AnswerAsync(ServerJson.Pod("a", "1"));
        await other;
        server.IsIdle.Should().BeTrue();
    }

    [Fact]
    public async Task Write_is_sent_again_while_its_time_lasts()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<KubeResponse> writing = WriteAsync(client, "patch", Grace);
        await (await server.NextAsync()).WithHeader("Retry-After", "3").FailAsync(429, "TooManyRequests", "slow down");
        await clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(3));
        clock.Advance(TimeSpan.FromSeconds(3));
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "2"));

        (await writing).Header.ResourceVersion.Should().Be("2");
    }

    private static Task<KubeResponse> WriteAsync(KubeClient client, string verb, TimeSpan within) => verb switch
    {
        "patch" => client.PatchAsync(PodView.Type, A, Patch.Json([]), Patience.Token, new WriteOptions { OnceWithin = within }),
        "apply" => client.ApplyAsync(PodView.Type, A, "{}"u8.ToArray(), Patience.Token, new WriteOptions { OnceWithin = within }),
        _ => client.DeleteAsync(PodView.Type, A, Patience.Token, new DeleteOptions { Uid = "u", OnceWithin = within }),
    };

    private static async Task<KubeException> ErrorAsync(Task writing) =>
        (await FluentActions.Awaiting(() => writing.WaitAsync(Patience.Limit)).Should().ThrowAsync<KubeException>()).Which;
}
