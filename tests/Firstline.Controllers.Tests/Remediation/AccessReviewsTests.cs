using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class AccessReviewsTests
{
    private static readonly RemediationRequest Request = new() { Metadata = new() { Name = "undo-1", Namespace = "shop" } };
    private static readonly ApprovalRecord Ann = new() { User = "ann", Groups = ["oncall"] };

    [Theory]
    [InlineData("allowed", """{"status":{"allowed":true}}""", true)]
    [InlineData("not allowed", """{"status":{"allowed":false}}""", false)]
    [InlineData("denied outright", """{"status":{"allowed":false,"denied":true}}""", false)]
    [InlineData("no answer in the answer", """{"status":{}}""", false)]
    [InlineData("an answer of another type", """{"status":{"allowed":"yes"}}""", false)]
    public async Task Only_a_plain_yes_is_a_yes(string situation, string answer, bool expected)
    {
        Answering client = new(answer);
        (await new AccessReviews(client, new Lines()).OfAsync(Request, [Ann], CancellationToken.None))!["ann"].Should().Be(expected, situation);
        client.Asked!["spec"]!["user"]!.GetValue<string>().Should().Be("ann");
        client.Asked["spec"]!["groups"]!.ToJsonString().Should().Be("""["oncall","system:authenticated"]""");
        client.Asked["spec"]!["resourceAttributes"]!.ToJsonString().Should().Be(
            """{"verb":"approve","group":"firstline.dev","version":"v1alpha1","resource":"remediationrequests","namespace":"shop","name":"undo-1"}""");
    }

    [Fact]
    public async Task What_cannot_be_asked_is_not_known_and_the_servers_words_are_logged_once()
    {
        Lines log = new();
        AccessReviews reviews = new(new Answering(null), log);

        (await reviews.OfAsync(Request, [Ann], CancellationToken.None)).Should().BeNull();
        (await reviews.OfAsync(Request, [Ann], CancellationToken.None)).Should().BeNull();

        log.Should().Equal("Warning: It can't be told whether approvers may approve: no");
    }

    [Fact]
    public async Task Nobody_is_asked_about_nobody() =>
        (await new AccessReviews(new Answering(null), new Lines()).OfAsync(Request, [], CancellationToken.None)).Should().BeEmpty();

    private sealed class Lines : List<string>, ILogger<AccessReviews>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{logLevel}: {formatter(state, exception)}");
    }

    private sealed class Answering(string? answer) : IKubeClient
    {
        public JsonNode? Asked { get; private set; }

        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            Asked = JsonNode.Parse(request.Body.Span);
            return answer is null
                ? Task.FromException<KubeResponse>(new KubeException(KubeErrorKind.Forbidden, "no"))
                : Task.FromResult(new KubeResponse(Encoding.UTF8.GetBytes(answer), []));
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();
    }
}
