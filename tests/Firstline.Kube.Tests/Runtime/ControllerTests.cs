using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Runtime;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Runtime;

public sealed class ControllerTests
{
    private static readonly NamespacedName A = new("shop", "a");

    private static Task<ReconcileResult> Done => Task.FromResult(ReconcileResult.Done);

    [Fact]
    public async Task Reconcile_runs_for_what_is_listed_changed_and_deleted()
    {
        await using ControllerBench bench = await ControllerBench.StartAsync((_, _) => Done, null, ServerJson.Pod("a", "1", "Pending"));
        (await bench.RunAsync()).Phase.Should().Be("Pending");
        await bench.Watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11")));
        (await bench.RunAsync()).Phase.Should().Be("Running");
        await bench.Watch.SendAsync(ServerJson.Frame("DELETED", ServerJson.Pod("a", "12")));
        (await bench.RunAsync()).Metadata.Name.Should().Be("deleted a");
        bench.Deleted.Should().Equal(A);
    }

    /// <summary>KubeOps #554: a run that was promised for later was lost when an event that changed nothing came in between.</summary>
    [Theory]
    [InlineData("an event that the filter drops", false)]
    [InlineData("an event that is reconciled and asks for nothing", true)]
    public async Task Promised_requeue_is_kept_after(string situation, bool isReconciled)
    {
        int runs = 0;
        await using ControllerBench bench = await ControllerBench.StartAsync(
            (_, _) => Task.FromResult(new ReconcileResult(++runs == 1 ? TimeSpan.FromMinutes(5) : null)),
            change => isReconciled || change.Old is null,
            ServerJson.Pod("a", "1"));
        await bench.RunAsync();
        await bench.Bench.ChangeAsync();
        await bench.Bench.Clock.TimerAsync(wait => wait > TimeSpan.FromMinutes(4.9) && wait < TimeSpan.FromMinutes(5.1));
        await bench.Watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11")));
        await bench.Bench.ChangeAsync();
        if (isReconciled)
        {
            await bench.RunAsync();
        }

        bench.HasNoRun.Should().BeTrue();
        bench.Bench.Clock.Advance(TimeSpan.FromMinutes(5.1));
        (await bench.RunAsync()).Metadata.Name.Should().Be("a", situation);
    }

    [Fact]
    public async Task Reconcile_does_not_run_on_a_cache_older_than_its_own_write()
    {
        InformerBench? informers = null;
        int runs = 0;
        await using ControllerBench bench = await ControllerBench.StartAsync(
            async (_, ct) =>
            {
                if (++runs == 1)
                {
                    JsonObject patch = new() { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["x"] = "y" } } };
                    await informers!.Client.PatchAsync(PodView.Type, A, Patch.Merge(patch), ct);
                }

                return ReconcileResult.Done;
            });
        informers = bench.Bench;
        await bench.Watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("a", "11", "Pending")));
        await bench.RunAsync();
        Exchange write = await bench.Bench.Server.NextAsync();
        write.Method.Should().Be("PATCH");
        await write.AnswerAsync(ServerJson.Pod("a", "50", "Running"));

        bench.Controller.Enqueue(A);
        await bench.Bench.Clock.TimerAsync(wait => wait > TimeSpan.FromMilliseconds(10) && wait < TimeSpan.FromMilliseconds(30));
        bench.HasNoRun.Should().BeTrue("the cache still shows version 11");
        await bench.Watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "50", "Running")));
        (await bench.RunAsync()).Phase.Should().Be("Running");
    }

    [Fact]
    public async Task TransientException_is_tried_again_with_backoff()
    {
        int runs = 0;
        await using ControllerBench bench = await ControllerBench.StartAsync(
            (_, _) => ++runs < 3 ? throw new TransientException("not now") : Done, null, ServerJson.Pod("a", "1"));
        await bench.RunAsync();
        await bench.Bench.Clock.TimerAsync(wait => wait > TimeSpan.FromMilliseconds(5) && wait < TimeSpan.FromMilliseconds(8));
        bench.Bench.Clock.Advance(TimeSpan.FromMilliseconds(8));
        await bench.RunAsync();
        await bench.Bench.Clock.TimerAsync(wait => wait > TimeSpan.FromMilliseconds(10) && wait < TimeSpan.FromMilliseconds(15));
        bench.Bench.Clock.Advance(TimeSpan.FromMilliseconds(15));
        await bench.RunAsync();
    }

    [Fact]
    public async Task Server_that_asks_for_time_gets_it()
    {
        int runs = 0;
        await using ControllerBench bench = await ControllerBench.StartAsync(
            (_, _) => ++runs == 1
                ? throw new KubeException(KubeErrorKind.TooManyRequests, "too many requests") { RetryAfter = TimeSpan.FromSeconds(42) }
                : Task.FromResult(ReconcileResult.Done),
            null, ServerJson.Pod("a", "1"));
        await bench.RunAsync();
        await bench.Bench.Clock.TimerAsync(wait => wait >= TimeSpan.FromSeconds(42) && wait < TimeSpan.FromSeconds(47));
        bench.HasNoRun.Should().BeTrue();
        bench.Bench.Clock.Advance(TimeSpan.FromSeconds(47));

        (await bench.RunAsync()).Metadata.Name.Should().Be("a");
    }

    [Fact]
    public async Task TerminalException_is_not_tried_again_until_the_object_changes()
    {
        await using ControllerBench bench = await ControllerBench.StartAsync(
            (pod, _) => pod.Metadata.Name == "a" ? throw new TerminalException("hopeless") : Done, null, ServerJson.Pod("a", "1"));
        await bench.RunAsync();
        await bench.Watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("fence", "11")));
        (await bench.RunAsync()).Metadata.Name.Should().Be("fence");
        bench.Bench.Clock.Advance(TimeSpan.FromHours(2));
        bench.Controller.Enqueue(new("shop", "fence"));
        (await bench.RunAsync()).Metadata.Name.Should().Be("fence", "two hours later a has not come back");

        Exchange watch = await bench.Bench.ListedAsync("11", ServerJson.Pod("a", "1"), ServerJson.Pod("fence", "11"));
        await watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "12")));
        (await bench.RunAsync()).Metadata.Name.Should().Be("a");
    }

    [Fact]
    public async Task Errors_are_counted_from_the_start_and_the_terminal_ones_among_them()
    {
        using Counted counted = new();
        await using ControllerBench bench = await ControllerBench.StartAsync((_, _) => throw new TerminalException("hopeless"));
        string name = bench.Controller.Name;
        string[] metrics = ["controller_runtime_reconcile_errors_total", "controller_runtime_terminal_reconcile_errors_total"];
        metrics.Select(m => counted.Of(m, name)).Should().OnlyContain(static sum => sum == 0, "an increase from nothing to the first error is one that no alert sees");
        new[] { "success", "requeue_after", "error" }.Select(result => counted.Of("controller_runtime_reconcile_total", name, result)).Should().OnlyContain(static sum => sum == 0);

        await bench.Watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("a", "11")));
        await counted.UntilAsync(1, "controller_runtime_reconcile_total", name, "error");
        metrics.Select(m => counted.Of(m, name)).Should().Equal([1, 1], "the usual alert looks at the first alone");
    }

    [Fact]
    public async Task Bug_in_the_reconciler_is_tried_again_and_stops_no_other_key()
    {
        await using ControllerBench bench = await ControllerBench.StartAsync(
            (pod, _) => pod.Metadata.Name == "a" ? throw new InvalidCastException("a bug") : Done, null, ServerJson.Pod("a", "1"), ServerJson.Pod("b", "2"));
        List<string> first = [(await bench.RunAsync()).Metadata.Name, (await bench.RunAsync()).Metadata.Name];
        first.Should().BeEquivalentTo("a", "b");
        await bench.Bench.Clock.TimerAsync(wait => wait > TimeSpan.FromMilliseconds(5) && wait < TimeSpan.FromMilliseconds(8));
        bench.Bench.Clock.Advance(TimeSpan.FromMilliseconds(8));
        (await bench.RunAsync()).Metadata.Name.Should().Be("a");
    }

    [Fact]
    public async Task Stop_waits_for_the_reconcile_in_work()
    {
        TaskCompletionSource release = new();
        await using ControllerBench bench = await ControllerBench.StartAsync(
            async (_, _) =>
            {
                await release.Task;
                return ReconcileResult.Done;
            },
            null,
            ServerJson.Pod("a", "1"));
        await bench.RunAsync();
        Task stopped = bench.StopAsync();
        stopped.IsCompleted.Should().BeFalse();
        release.SetResult();

        await stopped.WaitAsync(Patience.Limit);
    }
}
