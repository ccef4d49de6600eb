using System.Text.RegularExpressions;
using Firstline.Core.Diagnosis.Models;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Host.Tests.Http;
using Firstline.Host.Tests.Outside;
using Firstline.Testing;
using Firstline.Testing.Models;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Diagnosers;

/// <summary>All that a model's endpoint can do wrong becomes one sentence: nothing hangs or throws, each request is counted, and nothing leaks.</summary>
public sealed class ModelTroubleTests
{
    private const string Answer = """{"cause":"OOMKilled"}""";

    public static TheoryData<string> Ways => Asking.Ways;

    // Of a stream that holds no event nothing is known but that it has no end.
    private const string NoAnswer = "answers what is no answer of *'s API|stopped in the middle of its answer";

    private static readonly (string Situation, ModelScene Scene, int Requests, string Failure)[] Troubles =
    [
        ("a wrong key", new ModelScene.Refuses(401), 1, "refuses the key in */key (401): replace it by a valid one"),
        ("no right to the model", new ModelScene.Refuses(403), 1, "refuses the key in */key (403): replace it by a valid one"),
        ("an unknown model", new ModelScene.Refuses(404), 1, "is not known at its endpoint, or the endpoint is another (404): check model.name (scripted) and model.endpoint"),
        ("a model without tools", new ModelScene.Refuses(400), 1, "does not take the question (400): *"),
        ("a limit of requests", new ModelScene.Refuses(429, RetryAfter: "1"), 3, "takes no more requests for now (429)"),
        ("a limit of requests for an hour", new ModelScene.Refuses(429, RetryAfter: "3600"), 1, "takes no more requests for now (429)"),
        ("a limit of requests until a time", new ModelScene.Refuses(429, RetryAfter: "Wed, 21 Oct 2099 07:28:00 GMT"), 1, "takes no more requests for now (429)"),
        ("a fault", new ModelScene.Refuses(500), 3, "fails (500)"),
        ("a proxy without a model behind it", new ModelScene.Refuses(503), 3, "fails (503)"),
        ("a model that is overloaded", new ModelScene.Refuses(529), 3, "is overloaded (529)"),
        ("a status that nobody knows", new ModelScene.Refuses(418), 1, "answers 418"),
        ("a page of a proxy", new ModelScene.Raw("<html>", "text/html"), 1, "answers with something else than JSON: is model.endpoint the address of its API?"),
        ("JSON that ends in the middle", new ModelScene.Raw("""{"id":"x","choices":[{"mess"""), 1, NoAnswer),
        ("another JSON", new ModelScene.Raw("[]"), 1, NoAnswer),
        ("an empty body", new ModelScene.Raw(""), 1, NoAnswer),
        ("a connection that breaks", new ModelScene.Breaks(new ModelScene.Says(Answer)), 3, "broke off in the middle of its answer"),
        ("an answer that is cut off at its limit", new ModelScene.Says(Answer) { IsCutOff = true }, 1, "has more to say than the 200 tokens of an answer"),
        ("an answer that keeps no limit", new ModelScene.Says(new string('x', 2000)), 1, "has more to say than the 200 tokens of an answer"),
        ("an answer of megabytes", new ModelScene.Raw(new string(' ', (1 << 20) + 1)), 1, "answers with more than 1048576 bytes"),
        ("an empty answer", new ModelScene.Says(""), 1, "answers nothing"),
    ];

    public static TheoryData<string, string> TroublesInAllWays
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach ((string situation, _, _, _) in Troubles)
            {
                foreach (string way in Asking.Ways)
                {
                    all.Add(situation, way);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(TroublesInAllWays))]
    public async Task Trouble_is_one_sentence_after_so_many_requests(string situation, string way)
    {
        (_, ModelScene scene, int requests, string failure) = Troubles.Single(t => t.Situation == situation);
        await using ScriptedModel model = ScriptedModel.Playing(scene);
        using Asking asking = new(model.Address, way, new FastClock(50));

        ModelReply reply = await asking.AskAsync();

        reply.Answer.Should().BeNull();
        failure.Split('|').Should().Contain(pattern => IsLike(reply.Failure!, pattern), reply.Failure);
        (model.Asked.Count, reply.Usage.Calls).Should().Be((requests, requests), "each request counts, and no SDK repeats any on its own");
        string told = $"{reply} {string.Join('\n', asking.Logged)}";
        told.Should().NotContain(Asking.Key).And.NotContain(ScriptedModel.ErrorText).And.Contain(reply.Failure, "a failure is logged");
    }

    private static bool IsLike(string text, string pattern) => Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Trouble_that_passes_is_overcome(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Refuses(529), new ModelScene.Refuses(429, RetryAfter: "2"), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way, new FastClock(50));

        ModelReply reply = await asking.AskAsync();

        (reply.Answer, reply.Usage).Should().Be((Answer, new ModelUsage(3, 100, 20)));
    }

    [Fact]
    public async Task A_wait_that_the_endpoint_asks_for_is_kept()
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Refuses(429, RetryAfter: "17"), new ModelScene.Says(Answer));
        ManualTimeProvider clock = new();
        using Asking asking = new(model.Address, "OpenAI, whole", clock);
        Task<ModelReply> asked = asking.AskAsync();

        await clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(17));
        clock.Advance(TimeSpan.FromSeconds(16.9));
        model.Asked.Should().ContainSingle();
        clock.Advance(TimeSpan.FromSeconds(0.2));

        (await asked).Answer.Should().Be(Answer);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_endpoint_that_never_answers_is_given_up(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Hangs());
        using Asking asking = new(model.Address, way, new FastClock(50), static o => o with { RequestTimeout = TimeSpan.FromSeconds(10) });

        ModelReply reply = await asking.AskAsync();

        reply.Failure.Should().Be("has not answered within 10s (model.requestTimeout)");
        reply.Usage.Should().Match<ModelUsage>(static u => u.Calls == 3 && u.InputTokens > 0 && u.OutputTokens == 3 * Asking.Question.AnswerTokens, "it may have worked for each");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_answer_that_drips_is_given_up(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Drips(new ModelScene.Says(Answer), TimeSpan.FromMilliseconds(50)));
        using Asking asking = new(model.Address, way, new FastClock(50), static o => o with { RequestTimeout = TimeSpan.FromSeconds(10), Timeout = TimeSpan.FromSeconds(15) });

        (await asking.AskAsync()).Failure.Should().StartWith("has not answered within 1", "10s for a request or 15s for all, whichever a busy machine sees first");
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_cannot_be_reached()
    {
        using Asking asking = new(new Uri("http://127.0.0.1:1"), "Anthropic, whole", new FastClock(50));
        (await asking.AskAsync()).Failure.Should().Be("can't be reached: does the operator's NetworkPolicy let it through?");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using ScriptedModel elsewhere = ScriptedModel.Playing(new ModelScene.Says(Answer));
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Refuses(307, Location: new Uri(elsewhere.Address, "/chat/completions").ToString()));
        using Asking asking = new(model.Address, "OpenAI, whole");

        (await asking.AskAsync()).Failure.Should().StartWith("sends elsewhere (307), which is not followed");

        elsewhere.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_certificate_has_to_be_one_of_the_authoritys(bool isTrusted)
    {
        using TestChain chain = TestChain.Create();
        using TestChain other = TestChain.Create();
        using TemporaryFolder folder = new();
        ListenerOptions tls = new() { TlsCertificateFile = folder.Write("tls.crt", chain.Pem), TlsKeyFile = folder.Write("tls.key", chain.KeyPem) };
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", "/chat/completions", static context => context.AnswerAsync(404, ""), tls);
        string authority = folder.Write("ca.crt", (isTrusted ? chain : other).Root.ExportCertificatePem());
        using Asking asking = new(server.Address, "OpenAI, whole", change: o => o with { AuthorityFile = authority });

        ModelReply reply = await asking.AskAsync();

        reply.Failure.Should().StartWith(isTrusted ? "is not known at its endpoint" : "shows a certificate that is not trusted (model.authorityFile)");
        server.Asked.Should().HaveCount(isTrusted ? 1 : 0);
    }

    [Fact]
    public async Task An_endpoint_that_only_fails_is_left_alone_for_a_minute()
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Refuses(401));
        ManualTimeProvider clock = new();
        using Asking asking = new(model.Address, "Anthropic, whole", clock);
        for (int i = 0; i < 5; i++)
        {
            (await asking.AskAsync()).Failure.Should().StartWith("refuses the key");
        }

        ModelReply meanwhile = await asking.AskAsync();
        clock.Advance(TimeSpan.FromSeconds(61));
        ModelReply later = await asking.AskAsync();

        meanwhile.Failure.Should().Be("failed 5 times in a row and is left alone for 1m");
        later.Failure.Should().StartWith("refuses the key");
        model.Asked.Should().HaveCount(6);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_asked_may_stop_asking(string way)
    {
        using CancellationTokenSource stop = new();
        await using ScriptedModel model = ScriptedModel.Playing((_, _) =>
        {
            stop.Cancel();
            return new ModelScene.Hangs();
        });
        using Asking asking = new(model.Address, way);

        Func<Task> ask = () => asking.AskAsync(ct: stop.Token);

        await ask.Should().ThrowAsync<OperationCanceledException>();
    }
}
