using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Faults;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;
using Microsoft.AspNetCore.Hosting;

namespace Firstline.Kube.Tests.Client;

public sealed class KubeClientTests
{
    private static readonly NamespacedName A = new("shop", "a");
    private static readonly KubeClientOptions Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Throttled_request_waits_as_long_as_the_server_asks()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Task<KubeResponse> create = client.CreateAsync(PodView.Type, "shop", "{}"u8.ToArray(), Patience.Token);
        await (await server.NextAsync()).WithHeader("Retry-After", "7").FailAsync(429, "TooManyRequests", "slow down");
        await clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(7));
        server.IsIdle.Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(7));
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "1"), 201);

        (await create).Header.ResourceVersion.Should().Be("1");
    }

    [Fact]
    public async Task Read_is_repeated_after_a_broken_connection()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick);
        Task<PodView> get = client.GetAsync(PodView.Type, A, TestJson.Default.PodView, Patience.Token);
        (await server.NextAsync()).Abort();
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "1"));

        (await get).Phase.Should().Be("Running");
    }

    [Fact]
    public async Task List_that_hangs_is_told_after_its_limit_and_not_repeated()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        Func<Task> list = () => client.ListPageAsync(new ResourceQuery(PodView.Type), "", 500, static _ => { }, Patience.Token, TimeSpan.FromSeconds(70));
        Task<FluentAssertions.Specialized.ExceptionAssertions<KubeException>> failing = list.Should().ThrowAsync<KubeException>();
        await server.NextAsync();
        await clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(70));
        clock.Advance(TimeSpan.FromSeconds(70));

        (await failing).Which.Kind.Should().Be(KubeErrorKind.Timeout);
        server.IsIdle.Should().BeTrue();
    }

    [Fact]
    public async Task Lists_that_hang_hold_up_no_write()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick with { MaxConcurrentRequests = 1 });
        using CancellationTokenSource stop = new();   // no patience: a list that ends would free what it holds
        Func<Task> list = () => client.ListPageAsync(new ResourceQuery(PodView.Type), "", 500, static _ => { }, stop.Token);
        Task<FluentAssertions.Specialized.ExceptionAssertions<OperationCanceledException>> hanging = list.Should().ThrowAsync<OperationCanceledException>();
        await server.NextAsync();
        Task<KubeResponse> create = client.CreateAsync(PodView.Type, "shop", "{}"u8.ToArray(), Patience.Token);
        await (await server.NextAsync()).AnswerAsync(ServerJson.Pod("a", "1"), 201);

        (await create).Header.ResourceVersion.Should().Be("1");
        await stop.CancelAsync();
        await hanging;
    }

    [Theory]
    [InlineData("create")]
    [InlineData("json patch")]
    [InlineData("delete without a UID")]
    public async Task Write_that_may_have_been_done_is_not_repeated(string verb)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick);
        Func<Task> write = () => verb switch
        {
            "create" => client.CreateAsync(PodView.Type, "shop", "{}"u8.ToArray(), Patience.Token),
            "json patch" => client.PatchAsync(PodView.Type, A, Patch.Json([]), Patience.Token),
            _ => client.DeleteAsync(PodView.Type, A, Patience.Token),
        };
        Task<FluentAssertions.Specialized.ExceptionAssertions<KubeException>> failing = write.Should().ThrowAsync<KubeException>();
        (await server.NextAsync()).Abort();

        (await failing).Which.Kind.Should().Be(KubeErrorKind.Unreachable);
        server.IsIdle.Should().BeTrue();
    }

    [Fact]
    public async Task Refused_eviction_is_told_at_once()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick);
        Func<Task> evict = () => client.EvictAsync(A, Patience.Token);
        Task<FluentAssertions.Specialized.ExceptionAssertions<KubeException>> failing = evict.Should().ThrowAsync<KubeException>();
        Exchange request = await server.NextAsync();
        request.Path.Should().Be("/api/v1/namespaces/shop/pods/a/eviction");
        await request.FailAsync(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");

        (await failing).WithMessage("cannot create pods/eviction shop/a: Cannot evict pod as it would violate*");
    }

    [Theory]
    [InlineData(404, "NotFound", KubeErrorKind.NotFound)]
    [InlineData(409, "AlreadyExists", KubeErrorKind.AlreadyExists)]
    [InlineData(409, "Conflict", KubeErrorKind.Conflict)]
    [InlineData(422, "Invalid", KubeErrorKind.Invalid)]
    [InlineData(403, "Forbidden", KubeErrorKind.Forbidden)]
    [InlineData(401, "Unauthorized", KubeErrorKind.Unauthorized)]
    [InlineData(410, "Expired", KubeErrorKind.Expired)]
    [InlineData(410, "Gone", KubeErrorKind.Expired)]
    [InlineData(504, "Timeout", KubeErrorKind.Timeout)]
    [InlineData(500, "InternalError", KubeErrorKind.InternalError)]
    public async Task Error_has_the_kind_and_words_of_the_servers_Status(int code, string reason, KubeErrorKind kind)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick with { MaxRetries = 0 });
        Func<Task> get = () => client.GetAsync(PodView.Type, A, Patience.Token);
        Task<FluentAssertions.Specialized.ExceptionAssertions<KubeException>> failing = get.Should().ThrowAsync<KubeException>();
        await (await server.NextAsync()).FailAsync(code, reason, "the server's own words");

        KubeException error = (await failing).Which;
        error.Kind.Should().Be(kind);
        error.Message.Should().Be("cannot get pods shop/a: the server's own words");
    }

    [Theory]
    [InlineData("a proxy's page", "<html>please log in</html>")]
    [InlineData("a cut answer", """{"metadata":{"name":"a",""")]
    [InlineData("nothing", "")]
    [InlineData("a list of nothing", "[]")]
    public async Task Answer_that_is_no_object_is_malformed(string situation, string body)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: Quick);
        Func<Task> get = () => client.GetAsync(PodView.Type, A, Patience.Token);
        Task<FluentAssertions.Specialized.ExceptionAssertions<KubeException>> failing = get.Should().ThrowAsync<KubeException>(situation);
        await (await server.NextAsync()).AnswerAsync(body);

        KubeException error = (await failing).Which;
        error.Kind.Should().Be(KubeErrorKind.MalformedAnswer);
        error.Message.Should().StartWith("cannot get pods shop/a: the answer is cut or is no JSON object");
    }

    [Fact]
    public async Task Nothing_listening_is_said_in_one_sentence_that_names_the_source()
    {
        using KubeClient client = new(new ClusterAccess { Server = new Uri("https://127.0.0.1:1"), Source = "the kubeconfig k (context c)" }, TimeProvider.System, Quick with { MaxRetries = 0 });
        Func<Task> get = () => client.GetAsync(PodView.Type, A, Patience.Token);

        (await get.Should().ThrowAsync<KubeException>()).Which.Message.Should().Be(
            "cannot get pods shop/a: the kubeconfig k (context c) points to https://127.0.0.1:1, where nothing listens: start the cluster, or choose another context or file");
    }

    [Fact]
    public async Task Request_that_nobody_answers_is_counted_as_failed()
    {
        using Counted counted = new();
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock, Quick with { MaxRetries = 0 });
        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        await server.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(30));

        (await get.Invoking(g => g).Should().ThrowAsync<KubeException>()).WithMessage("*did not answer within 30 s");
        counted.Of("rest_client_requests_total", "<error>", "GET", server.Address.Authority).Should().Be(1);
    }

    [Fact]
    public async Task Token_that_was_rotated_is_used_after_a_401()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "old");
        ClusterAccess access = new() { Server = server.Address, Credentials = new TokenFileCredentials(file, "the test", TimeProvider.System) };
        using KubeClient client = new(access, TimeProvider.System, Quick);
        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        Exchange first = await server.NextAsync();
        first.Header("Authorization").Should().Be("Bearer old");
        await File.WriteAllTextAsync(file, "newer");
        await first.FailAsync(401, "Unauthorized", "Unauthorized");
        Exchange second = await server.NextAsync();
        second.Header("Authorization").Should().Be("Bearer newer");
        await second.AnswerAsync(ServerJson.Pod("a", "1"));
        await get;
        File.Delete(file);
    }

    [Fact]
    public async Task Connection_that_breaks_after_a_401_is_told_in_one_sentence()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "old");
        ClusterAccess access = new() { Server = server.Address, Credentials = new TokenFileCredentials(file, "the test", TimeProvider.System) };
        using KubeClient client = new(access, TimeProvider.System, Quick with { MaxRetries = 0 });
        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        await (await server.NextAsync()).FailAsync(401, "Unauthorized", "Unauthorized");
        (await server.NextAsync()).Abort();

        (await get.Invoking(g => g).Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.Unreachable);
        File.Delete(file);
    }

    [Theory]
    [InlineData("the authority that signed it", true)]
    [InlineData("another authority", false)]
    public async Task Certificate_is_accepted_only_from(string authority, bool isAccepted)
    {
        using X509Certificate2 own = TestCertificate.Create();
        using X509Certificate2 other = TestCertificate.Create();
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(own));
        X509Certificate2 trusted = isAccepted ? own : other;
        using KubeClient client = new(new ClusterAccess { Server = server.Address, Authorities = () => [trusted] }, TimeProvider.System, Quick with { MaxRetries = 0 });
        Task<KubeResponse> get = client.GetAsync(PodView.Type, A, Patience.Token);
        if (isAccepted)
        {
            Exchange request = await server.NextAsync();
            request.Protocol.Should().Be("HTTP/2");
            await request.AnswerAsync(ServerJson.Pod("a", "1"));
            (await get).Key.Should().Be(A, authority);
            return;
        }

        (await get.Invoking(t => t).Should().ThrowAsync<KubeException>()).WithMessage("*whose TLS certificate is not accepted*");
    }

    [Fact]
    public async Task Dry_run_and_field_manager_reach_the_server()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();
        Task<KubeResponse> patch = client.PatchAsync(
            PodView.Type, A, Patch.Merge(new JsonObject { ["spec"] = null }), Patience.Token, new WriteOptions { FieldManager = "f", Mode = WriteMode.DryRun, Subresource = "status" });
        Exchange request = await server.NextAsync();
        (request.Path, request.Query("dryRun"), request.Query("fieldManager"), request.Query("fieldValidation"), request.Header("Content-Type"))
            .Should().Be(("/api/v1/namespaces/shop/pods/a/status", "All", "f", "Strict", "application/merge-patch+json"));
        await request.AnswerAsync(ServerJson.Pod("a", "1"));
        await patch;
    }
}
