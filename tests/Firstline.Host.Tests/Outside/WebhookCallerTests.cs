using System.Net;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Host.Http;
using Firstline.Host.Outside;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Firstline.Host.Tests.Outside;

public sealed class WebhookCallerTests : IDisposable
{
    private const string Path = "/hook";
    private static readonly WebhookCall Call = new("page", "u/call", """{"id":"u/call"}""");
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void The_signature_is_that_of_the_published_example() =>
        WebhookSignature.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""")
            .Should().Be("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public async Task A_call_carries_its_key_its_time_and_its_signature()
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 202, "secret answer");
        using WebhookCaller caller = Caller(server.Address);

        (await caller.CallAsync(Call, CancellationToken.None)).Should().Be(new WebhookAnswer.Status(202, null));
        (await caller.CallAsync(Call, CancellationToken.None)).Should().Be(new WebhookAnswer.Status(202, null));

        long seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        server.Asked.Should().HaveCount(2).And.OnlyContain(a => a.Body == Call.Body && a.Headers["Idempotency-Key"] == Call.Key && a.Headers["webhook-id"] == Call.Key
            && a.Headers["webhook-timestamp"] == $"{seconds}" && a.Headers["webhook-signature"] == WebhookSignature.Of("s3cr3t", Call.Key, seconds, Call.Body)
            && a.Headers.ContentType.ToString().StartsWith("application/json"));
        JsonNode.Parse(server.Asked.First().Body)!["id"]!.ToString().Should().Be(Call.Key);
    }

    [Fact]
    public async Task A_rotated_key_signs_the_next_call()
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 200, "");
        using WebhookCaller caller = Caller(server.Address);
        await caller.CallAsync(Call, CancellationToken.None);
        _folder.Write("key", "n3w");
        _clock.Advance(TimeSpan.FromSeconds(11));
        await caller.CallAsync(Call, CancellationToken.None);

        server.Asked.Last().Headers["webhook-signature"].ToString().Should().Be(WebhookSignature.Of("n3w", Call.Key, _clock.GetUtcNow().ToUnixTimeSeconds(), Call.Body));
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Fri, 20 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("soon", null)]
    public async Task When_it_wants_to_be_called_again_is_read(string header, int? seconds)
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, context =>
        {
            context.Response.Headers.RetryAfter = header;
            return context.AnswerAsync(StatusCodes.Status429TooManyRequests, "", "text/plain");
        });
        using WebhookCaller caller = Caller(server.Address);
        (await caller.CallAsync(Call, CancellationToken.None)).Should().Be(new WebhookAnswer.Status(429, seconds is { } s ? TimeSpan.FromSeconds(s) : null));
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        await using ScriptedPlace elsewhere = await ScriptedPlace.StartAsync("POST", Path, 200, "");
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, context =>
        {
            context.Response.Headers.Location = new Uri(elsewhere.Address, Path).ToString();
            return context.AnswerAsync((int)HttpStatusCode.PermanentRedirect, "", "text/plain");
        });
        using WebhookCaller caller = Caller(server.Address);
        (await caller.CallAsync(Call, CancellationToken.None)).Should().Be(new WebhookAnswer.Status(308, null));
        elsewhere.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_call_whose_answer_is_cut_may_have_been_taken()
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using WebhookCaller caller = Caller(server.Address);
        (await caller.CallAsync(Call, CancellationToken.None)).Should().BeOfType<WebhookAnswer.Unknown>().Which.Why.Should().NotContain("s3cr3t");
        server.Asked.Should().ContainSingle("it is the step that decides about the next attempt");
    }

    [Fact]
    public async Task Only_what_is_configured_is_called()
    {
        using WebhookCaller caller = Caller(new Uri("http://127.0.0.1:1"));
        (await caller.CallAsync(Call with { Webhook = "other" }, CancellationToken.None)).Should().Be(new WebhookAnswer.NotSent("the operator's destinations file has no such webhook"));
        (await caller.CallAsync(Call, CancellationToken.None)).Should().Be(new WebhookAnswer.Unknown("it can't be reached (does the operator's NetworkPolicy let it through?)"));
    }

    public void Dispose() => _folder.Dispose();

    private WebhookCaller Caller(Uri address) => new([new("page", new Uri(address, Path).ToString(), _folder.Write("key", "s3cr3t\n"), null)], _clock);
}
