using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Firstline.Faults;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Leases;
using Firstline.Kube.Tests.Scripted;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Leases;

/// <summary>What happens to the lease when connections and other requests fare badly.</summary>
public sealed class LeaseConnectionTests : IDisposable
{
    private static readonly LeaderElectionOptions Options = new()
    {
        Lease = new("firstline", "op"), Identity = "one",
        LeaseDuration = TimeSpan.FromSeconds(20), RenewDeadline = TimeSpan.FromSeconds(15), RetryPeriod = TimeSpan.FromSeconds(0.5),
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _stop.Dispose();
        _over.Dispose();
    }

    [Fact]
    public async Task Lease_is_had_while_every_other_request_hangs()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient busy = server.Client();
        Task[] stuck = [.. Enumerable.Range(0, new KubeClientOptions().MaxConcurrentRequests).Select(i => busy.GetAsync(PodView.Type, new("shop", $"p{i}"), _stop.Token))];
        foreach (Task _ in stuck)
        {
            await server.NextAsync();
        }

        using LeaderElector elector = Elector(server.Access);
        Task running = elector.RunAsync(LeadAsync, _stop.Token);
        Task serving = ServeAsync(server, static _ => { });
        await _leads.Task.WaitAsync(Patience.Limit);

        await EndAsync(running, serving);
        await stuck.Invoking(Task.WhenAll).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>Takes a few seconds: the runtime's pings know whole seconds of the world's time.</summary>
    [Fact]
    public async Task Lease_is_kept_when_its_connection_dies_without_a_word()
    {
        using X509Certificate2 certificate = TestCertificate.Create();
        await using ScriptedServer server = await ScriptedServer.StartAsync(listen => listen.UseHttps(certificate));
        await using Relay relay = new(server.Address);
        using LeaderElector elector = Elector(new ClusterAccess { Server = new UriBuilder(server.Address) { Port = relay.Port }.Uri, Authorities = () => [certificate] });
        Task running = elector.RunAsync(LeadAsync, _stop.Token);
        TaskCompletionSource renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource renewedElsewhere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        string? first = null;
        Task serving = ServeAsync(server, write =>
        {
            first ??= write.Connection;
            _ = write.Method == "PATCH" && (first == write.Connection ? renewed : renewedElsewhere).TrySetResult();
        });
        await renewed.Task.WaitAsync(Patience.Limit);
        relay.FallSilent();

        await renewedElsewhere.Task.WaitAsync(Patience.Limit);
        elector.IsLeader.Should().BeTrue("a new connection was made before the renew deadline");
        await EndAsync(running, serving);
    }

    private static LeaderElector Elector(ClusterAccess access) => new(access, Options, "tests", TimeProvider.System, NullLoggerFactory.Instance);

    private async Task LeadAsync(CancellationToken term)
    {
        _leads.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, term).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the elector, which may give the lease back, and then the server.</summary>
    private async Task EndAsync(Task running, Task serving)
    {
        await _stop.CancelAsync();
        await running.WaitAsync(Patience.Limit);
        await _over.CancelAsync();
        await serving.Invoking(static s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>Answers what is asked of the lease, until it is over.</summary>
    private async Task ServeAsync(ScriptedServer server, Action<Exchange> written)
    {
        JsonObject? lease = null;
        int version = 0;
        while (true)
        {
            Exchange request = await server.NextAsync(_over.Token);
            if (request.Method == "GET" && lease is null)
            {
                await request.FailAsync(404, "NotFound", "none");
                continue;
            }

            if (request.Method == "PATCH" && request.Body!["metadata"]!["resourceVersion"]!.GetValue<string>() != $"{version}")
            {
                await request.FailAsync(409, "Conflict", "changed");
                continue;
            }

            if (request.Method != "GET")
            {
                lease = request.Body!.AsObject();
                lease["metadata"]!["resourceVersion"] = $"{++version}";
                written(request);
            }

            await request.AnswerAsync(lease!.ToJsonString());
        }
    }
}
