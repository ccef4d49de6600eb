using Firstline.Core.Facts;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Host.Outside;
using Firstline.Host.Tests.Http;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Firstline.Host.Tests.Outside;

public sealed class PrometheusClientTests
{
    private const string Path = "/api/v1/query";

    [Fact]
    public async Task A_query_is_answered_with_its_numbers()
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 200,
            """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"pod":"web-1"},"value":[1.0,"0.25"]},{"metric":{},"value":[1.0,"+Inf"]}]}}""");

        (await AskAsync(server)).Should().BeEquivalentTo(new MetricAnswer.Samples([new("{pod=\"web-1\"}", 0.25), new("", double.PositiveInfinity)]));

        server.Asked.Should().ContainSingle().Which.Body.Should().Contain("query=sum%28up%29");
    }

    [Theory]
    [InlineData("a refused query", 400, """{"status":"error","errorType":"bad_data","error":"parse error"}""", "Prometheus refuses the query: bad_data: parse error")]
    [InlineData("a part of it", 200, """{"status":"success","warnings":["store-2 is away"],"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""", "is not whole: store-2 is away")]
    [InlineData("a range", 200, """{"status":"success","data":{"resultType":"matrix","result":[]}}""", "gives a matrix")]
    [InlineData("no Prometheus", 200, "<html>", "is not Prometheus")]
    [InlineData("another JSON", 200, """{"status":"success","data":[]}""", "is not Prometheus")]
    [InlineData("no number", 200, """{"status":"success","data":{"resultType":"scalar","result":[1,"many"]}}""", "is not Prometheus")]
    [InlineData("a sample without a number", 200, """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[]}]}}""", "is not Prometheus")]
    [InlineData("not allowed", 401, "", "Prometheus answered 401")]
    [InlineData("a redirect", 302, "", "Prometheus answered 302")]
    public async Task Whatever_is_no_whole_answer_is_unknown(string situation, int status, string body, string why)
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, status, body);
        (await AskAsync(server)).Should().BeOfType<MetricAnswer.Unknown>(situation).Which.Why.Should().Contain(why);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_unknown()
    {
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 200, new string(' ', 1024 * 1024 + 1));
        (await AskAsync(server)).Should().BeOfType<MetricAnswer.Unknown>().Which.Why.Should().Be("Prometheus: its answer is too large");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using ScriptedPlace elsewhere = await ScriptedPlace.StartAsync("POST", Path, 200, "{}");
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, context =>
        {
            context.Response.Headers.Location = new Uri(elsewhere.Address, Path).ToString();
            return context.AnswerAsync(StatusCodes.Status307TemporaryRedirect, "", "text/plain");
        });

        (await AskAsync(server)).Should().BeOfType<MetricAnswer.Unknown>();

        elsewhere.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task The_token_is_shown_and_never_told()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("token", "s3cr3t\n");
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 403, "");
        using PrometheusClient client = new(new PrometheusOptions { Address = server.Address, TokenFile = file }, TimeProvider.System);

        MetricAnswer answer = await client.QueryAsync("sum(up)", CancellationToken.None);

        server.Asked.Should().ContainSingle().Which.Headers.Authorization.ToString().Should().Be("Bearer s3cr3t");
        answer.ToString().Should().NotContain("s3cr3t");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("s3cr3t\nsecond line")]
    public void A_token_file_that_holds_no_token_stops_the_start(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("token", text);
        Action start = () => new PrometheusClient(new PrometheusOptions { Address = new("http://127.0.0.1:1"), TokenFile = file }, TimeProvider.System).Dispose();
        start.Should().Throw<OperatorStartException>().WithMessage($"the file {file}*");
    }

    [Fact]
    public async Task A_token_that_was_replaced_by_what_is_none_is_unknown()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("token", "s3cr3t");
        ManualTimeProvider clock = new();
        using PrometheusClient client = new(new PrometheusOptions { Address = new("http://127.0.0.1:1"), TokenFile = file }, clock);
        folder.Write("token", "s3cr3t\nsecond line");
        clock.Advance(TimeSpan.FromSeconds(11));

        (await client.QueryAsync("up", CancellationToken.None)).Should().Be(new MetricAnswer.Unknown("Prometheus: its token file holds no token"));
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
        await using ScriptedPlace server = await ScriptedPlace.StartAsync("POST", Path, 200, """{"status":"success","data":{"resultType":"scalar","result":[1,"7"]}}""", tls);
        string authority = folder.Write("ca.crt", (isTrusted ? chain : other).Root.ExportCertificatePem());
        using PrometheusClient client = new(new PrometheusOptions { Address = server.Address, AuthorityFile = authority }, TimeProvider.System);

        MetricAnswer answer = await client.QueryAsync("7", CancellationToken.None);

        answer.Should().BeEquivalentTo(isTrusted ? (MetricAnswer)new MetricAnswer.Samples([new("", 7)]) : new MetricAnswer.Unknown("Prometheus: its certificate is not trusted"), o => o.RespectingRuntimeTypes());
        server.Asked.IsEmpty.Should().Be(!isTrusted);
    }

    [Fact]
    public async Task Nothing_is_known_where_nothing_is_configured_or_reached()
    {
        using PrometheusClient none = new(new PrometheusOptions(), TimeProvider.System);
        (await none.QueryAsync("up", CancellationToken.None)).Should().Be(new MetricAnswer.Unknown("no Prometheus is configured (prometheus.url)"));
        using PrometheusClient away = new(new PrometheusOptions { Address = new("http://127.0.0.1:1") }, TimeProvider.System);
        (await away.QueryAsync("up", CancellationToken.None)).Should().Be(new MetricAnswer.Unknown("Prometheus: it can't be reached (does the operator's NetworkPolicy let it through?)"));
    }

    private static async Task<MetricAnswer> AskAsync(ScriptedPlace server)
    {
        using PrometheusClient client = new(new PrometheusOptions { Address = server.Address }, TimeProvider.System);
        return await client.QueryAsync("sum(up)", CancellationToken.None);
    }
}
