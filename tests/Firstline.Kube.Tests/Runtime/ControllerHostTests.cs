using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Queue;
using Firstline.Kube.Runtime;
using Firstline.Kube.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Runtime;

public sealed class ControllerHostTests
{
    [Fact]
    public async Task Host_works_only_with_the_lease_and_gives_it_back_after_the_last_reconcile()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        FakeLeases leases = new();
        Probe probe = new();
        LeaderElector elector = new(leases, new LeaderElectionOptions { Lease = new("firstline", "op"), Identity = "one" }, TimeProvider.System, NullLogger<LeaderElector>.Instance);
        using KubeClient client = server.Client();
        SharedInformers informers = new(client, TimeProvider.System);
        informers.Get(new ResourceQuery(PodView.Type), TestJson.Default.PodView);
        ControllerHost host = new(informers, [probe], elector, TimeProvider.System, NullLogger<ControllerHost>.Instance);
        using CancellationTokenSource stop = new();
        Task running = host.RunAsync(stop.Token);

        Exchange list = await server.NextAsync();
        (host.IsReady, probe.Started.IsCompleted, leases.Writes).Should().Be((false, false, 0), "nothing starts on an empty cache");
        await list.AnswerAsync(ServerJson.List("10"));
        await probe.Started.WaitAsync(Patience.Limit);
        (host.IsReady, host.IsWorking, elector.IsLeader).Should().Be((true, true, true));

        await stop.CancelAsync();
        await probe.Stopping.WaitAsync(Patience.Limit);
        elector.IsLeader.Should().BeTrue("the lease is kept while the last reconcile ends");
        probe.Finish();
        await running.WaitAsync(Patience.Limit);
        leases.Lease!["spec"]!["holderIdentity"]!.GetValue<string>().Should().BeEmpty();
    }

    [Fact]
    public async Task Host_names_the_caches_that_do_not_fill_and_why()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        ManualTimeProvider clock = new();
        using KubeClient client = server.Client(clock);
        SharedInformers informers = new(client, clock, options: new InformerOptions { ListTimeout = TimeSpan.FromMinutes(10) });   // the list after it stays under way
        Informer<PodView> pods = informers.Get(new ResourceQuery(PodView.Type), TestJson.Default.PodView);
        ControllerHost host = new(informers, [], null, clock, NullLogger<ControllerHost>.Instance);
        Task running = host.RunAsync(CancellationToken.None);
        await (await server.NextAsync()).FailAsync(404, "NotFound", "the server could not find the requested resource");
        await clock.TimerAsync(wait => wait >= TimeSpan.FromMilliseconds(800) && wait < TimeSpan.FromSeconds(2));
        pods.Trouble.Should().Be("cannot list pods: the server could not find the requested resource");
        clock.Advance(TimeSpan.FromMinutes(3));

        (await running.Invoking(t => t).Should().ThrowAsync<TransientException>())
            .WithMessage("these caches did not fill within 120 s: pods (cannot list pods: the server could not find*");
    }

    private sealed class Probe : IController
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "probe";

        public QueueLoad Load => QueueLoad.None;

        public Task Started => _started.Task;

        public Task Stopping => _stopping.Task;

        public void Finish() => _finish.SetResult();

        public async Task RunAsync(CancellationToken stopTaking, CancellationToken abort)
        {
            await using CancellationTokenRegistration registration = stopTaking.Register(() => _stopping.TrySetResult());
            _started.SetResult();
            await _finish.Task;
        }
    }
}
