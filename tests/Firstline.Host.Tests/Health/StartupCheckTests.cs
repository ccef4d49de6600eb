using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Host.Health;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Health;

public sealed class StartupCheckTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly ResourceType Secret = new("", "v1", "Secret", "secrets", ResourceScope.Namespaced);
    private static readonly ResourceQuery[] Watched =
        [new(new("", "v1", "Pod", "pods", ResourceScope.Namespaced)), new(new("", "v1", "Node", "nodes", ResourceScope.Cluster)), new(Secret, MetadataOnly: true)];

    [Fact]
    public async Task Kinds_are_asked_for_side_by_side()
    {
        Server server = new() { AnswersAfter = Watched.Length };

        await Check(server, TimeSpan.Zero).WaitAsync(CancellationToken.None).WaitAsync(Limit);

        server.Probes.Should().BeEquivalentTo("pods", "nodes", "secrets");
    }

    [Fact]
    public async Task Only_what_was_forbidden_is_asked_for_again()
    {
        Server server = new() { Forbidden = ["nodes"] };
        Task waiting = Check(server, TimeSpan.FromMinutes(5)).WaitAsync(CancellationToken.None);
        await server.Refused.Task.WaitAsync(Limit);
        server.Forbidden = [];

        await waiting.WaitAsync(Limit);

        server.Probes.Count(static p => p == "nodes").Should().BeGreaterThanOrEqualTo(2);
        server.Probes.Where(static p => p != "nodes").Should().BeEquivalentTo(["pods", "secrets"], "these were allowed");
    }

    [Theory]
    [InlineData("secrets", "the operator may not list secrets: add config/components/secret-names to your overlay, or turn observeSecretNames off")]
    [InlineData("nodes,secrets", "the operator may not list nodes, secrets: run kubectl apply -k config/rbac")]
    public async Task What_stays_forbidden_is_named_with_what_to_do(string forbidden, string sentence) =>
        (await FluentActions.Awaiting(() => Check(new Server { Forbidden = [.. forbidden.Split(',')] }, TimeSpan.Zero).WaitAsync(CancellationToken.None))
            .Should().ThrowAsync<OperatorStartException>()).WithMessage(sentence);

    [Theory]
    [InlineData("a page", "<html>log in</html>")]
    [InlineData("another object", """{"name":"a web service"}""")]
    public async Task What_answers_and_is_no_API_server_is_told_from_one(string situation, string answer) =>
        (await FluentActions.Awaiting(() => Check(new Server { Kinds = answer }, TimeSpan.Zero).WaitAsync(CancellationToken.None))
            .Should().ThrowAsync<OperatorStartException>(situation)).WithMessage(
                "https://cluster.example/ answers, but not as a Kubernetes API server: check the server of the kubeconfig, and the proxy between");

    [Fact]
    public async Task A_list_of_kinds_without_ours_says_what_to_install() =>
        (await FluentActions.Awaiting(() => Check(new Server { Kinds = """{"resources":[7,{"name":7},{"name":"others"}]}""" }, TimeSpan.Zero).WaitAsync(CancellationToken.None))
            .Should().ThrowAsync<OperatorStartException>()).WithMessage("the custom resource incidents.firstline.dev is not installed: *");

    private static StartupCheck Check(IKubeClient server, TimeSpan patience) => new(server, new("https://cluster.example"), static () => Watched, patience, TimeProvider.System, NullLogger<StartupCheck>.Instance);

    /// <summary>Serves our kinds, and answers what is listed when as many lists are under way as it waits for.</summary>
    private sealed class Server : IKubeClient
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        public int AnswersAfter { get; init; }

        public string Kinds { get; init; } =
            $$"""{"resources":[{{string.Join(',', new[] { Incident.Type, Runbook.Type, RemediationRequest.Type, RemediationPolicy.Type }.Select(static t => $"{{\"name\":\"{t.Plural}\"}}"))}}]}""";

        public ImmutableArray<string> Forbidden { get; set; } = [];

        public ConcurrentQueue<string> Probes { get; } = [];

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string FieldManager => "test";

        public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (request.Type is null)
            {
                return new(Encoding.UTF8.GetBytes(Kinds), []);
            }

            Probes.Enqueue(request.Type.Plural);
            if (Interlocked.Increment(ref _waiting) >= AnswersAfter)
            {
                _all.TrySetResult();
            }

            await _all.Task;
            return Forbidden.Contains(request.Type.Plural) ? throw Refusal() : new("{}"u8.ToArray(), []);
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new InvalidOperationException("nothing is watched at the start");

        private KubeException Refusal()
        {
            Refused.TrySetResult();
            return new(KubeErrorKind.Forbidden, "no");
        }
    }
}
