using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class WebhookTests
{
    private static readonly RunbookStep Call = new() { Name = "call", Action = "CallWebhook", With = ImmutableSortedDictionary<string, string>.Empty.Add("webhook", "page") };
    private static readonly RemediationPolicySpec Unattended = RemediationWorld.Policy with { Approvals = new() { AllowUnverified = true, Unattended = [EscapeHatch.CallWebhook] } };

    [Fact]
    public async Task A_webhook_is_called_after_an_approval_and_not_before()
    {
        Receiver receiver = new();
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Steps = [Call] });
        await using RunningOperator running = await world.OperatorAsync(outside: NoOutside.Ports with { Webhooks = receiver });
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status is { Stage: "AwaitingApproval", Preview: not null });
        waiting.Spec.Level.Should().Be(RemediationLevel.L2, "nobody knows what a webhook does");
        waiting.Status!.Preview!.Changes.Should().ContainSingle().Which.Should().Contain("call Webhook/page");
        receiver.Calls.Should().BeEmpty("a dry run calls nothing");

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "ann");
        RemediationRequest called = await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);

        called.Status!.Steps[0].Message.Should().EndWith("it answered 200");
        receiver.Calls.Should().ContainSingle().Which.Key.Should().Be($"{called.Metadata.Uid}/call");
        (await world.GenerationAsync()).Should().Be(1, "the operator itself changed nothing");
    }

    [Theory]
    [InlineData("the call was answered, and the operator died before it could note that", CrashMoment.Before)]
    [InlineData("the result was stored, the answer is lost", CrashMoment.After)]
    public async Task A_crash_between_call_and_record_repeats_the_call_with_the_same_key_at_most(string situation, CrashMoment moment)
    {
        Receiver receiver = new();
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Steps = [Call] }, Unattended);
        using KubeClient dying = world.NewClient();
        CrashingClient client = new(dying, r => !receiver.Calls.IsEmpty && r.Type == RemediationRequest.Type && r.Subresource == "status", moment);
        await using (RunningOperator first = await world.OperatorAsync(client, outside: NoOutside.Ports with { Webhooks = receiver }))
        {
            await client.Crashed.WaitAsync(world.Patience);
        }

        await using RunningOperator second = await world.OperatorAsync(outside: NoOutside.Ports with { Webhooks = receiver });
        RemediationRequest called = await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);

        receiver.Calls.Should().HaveCount(moment == CrashMoment.Before ? 2 : 1, situation);
        receiver.Calls.Distinct().Should().ContainSingle("same key, same body").Which.Key.Should().Be($"{called.Metadata.Uid}/call");
    }

    [Fact]
    public async Task A_refused_call_fails_the_step_with_its_status()
    {
        Receiver receiver = new() { Answers = [new WebhookAnswer.Status(403, null)] };
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Steps = [Call] }, Unattended);
        await using RunningOperator running = await world.OperatorAsync(outside: NoOutside.Ports with { Webhooks = receiver });

        RemediationRequest ended = await world.RequestAsync(static r => r.Status?.Outcome is not null);

        (ended.Status!.Outcome, ended.Status.Steps[0].Reason).Should().Be((RemediationOutcome.Failed, Reasons.WebhookRefused));
        ended.Status.Steps[0].Message.Should().EndWith("it answered 403");
        receiver.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task It_is_not_called_again_before_the_time_that_it_asked_for()
    {
        ManualTimeProvider clock = new();
        Receiver receiver = new() { Answers = [new WebhookAnswer.Status(429, TimeSpan.FromSeconds(20)), new WebhookAnswer.Status(200, null)] };
        await using WebhookCalls calls = new(receiver, new AlwaysLeader(), clock);
        Task<StepOutcome> Look() => calls.SendAsync(Asking("u"), Step, Step.Forward[0]);

        (await Look()).Should().BeOfType<StepOutcome.Waiting>().Which.Again.Should().Be(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(19));
        (await Look()).Should().BeOfType<StepOutcome.Waiting>().Which.Again.Should().Be(TimeSpan.FromSeconds(1), "something else has woken it");
        receiver.Calls.Should().ContainSingle();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await Look()).Should().BeOfType<StepOutcome.Applied>();
        receiver.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task Nothing_is_called_without_the_lease()
    {
        Receiver receiver = new();
        await using WebhookCalls calls = new(receiver, new NeverLeader(), TimeProvider.System);
        Func<Task> call = () => calls.SendAsync(Asking("u"), Step, Step.Forward[0]);
        await call.Should().ThrowAsync<NotLeaderException>();
        receiver.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_holds_up_no_other_call()
    {
        Receiver receiver = new() { Hangs = static call => call.Key == "hung/call" };
        await using WebhookCalls calls = new(receiver, new AlwaysLeader(), new ManualTimeProvider());

        Task<StepOutcome> look = calls.SendAsync(Asking("hung"), Step, Step.Forward[0]);
        look.IsCompleted.Should().BeTrue("one worker carries out all requests");
        (await look).Should().BeOfType<StepOutcome.Waiting>().Which.Message.Should().EndWith("has not answered yet");
        (await calls.SendAsync(Asking("other"), Step, Step.Forward[0])).Should().BeOfType<StepOutcome.Applied>();
        (await calls.SendAsync(Asking("hung"), Step, Step.Forward[0])).Should().BeOfType<StepOutcome.Waiting>();
        receiver.Calls.Select(static c => c.Key).Should().Equal("hung/call", "other/call");

        receiver.Hung.SetResult(new WebhookAnswer.Status(202, null));
        (await UntilAsync(() => calls.SendAsync(Asking("hung"), Step, Step.Forward[0]), static o => o is StepOutcome.Applied))
            .Should().BeOfType<StepOutcome.Applied>().Which.Message.Should().EndWith("it answered 202");
        (await calls.RecogniseAsync(Asking("hung"), Step)).Should().BeOfType<StepOutcome.Applied>("its answer is known, should a gate have closed meanwhile");
    }

    [Fact]
    public async Task No_call_is_under_way_when_the_time_of_the_lease_is_over()
    {
        ManualTimeProvider clock = new();
        Receiver receiver = new() { Hangs = static _ => true };
        await using WebhookCalls calls = new(receiver, new LeaderFor(TimeSpan.FromSeconds(3)), clock);
        await calls.SendAsync(Asking("u"), Step, Step.Forward[0]);
        clock.Advance(TimeSpan.FromSeconds(2));
        receiver.WasCancelled.Should().BeFalse();

        clock.Advance(TimeSpan.FromSeconds(1));

        receiver.WasCancelled.Should().BeTrue("the next leader may send it by now");
        (await UntilAsync(() => calls.RecogniseAsync(Asking("u"), Step), static o => o is StepOutcome.Waiting { Message: var m } && m.Contains("lease", StringComparison.Ordinal)))
            .Should().BeOfType<StepOutcome.Waiting>("nobody knows whether it was taken");
    }

    private static readonly PlannedStep Step = new()
    {
        Name = "call",
        Summary = "call Webhook/page",
        Forward = [new() { Verb = MutationVerb.Call, Target = new() { Kind = "Webhook", Name = "page" } }],
    };

    private static RemediationRequest Asking(string uid) => new() { Metadata = new() { Name = uid, Uid = uid }, Spec = new() { Plan = new() { Steps = [Step] } } };

    // The answer reaches the calls on another thread.
    private static async Task<StepOutcome> UntilAsync(Func<Task<StepOutcome>> look, Func<StepOutcome, bool> isIt)
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            StepOutcome outcome = await look();
            if (isIt(outcome))
            {
                return outcome;
            }

            stop.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class LeaderFor(TimeSpan time) : ILeadership
    {
        public bool IsLeader => true;

        public TimeSpan EnsureLeader() => time;
    }

    private sealed class Receiver : IWebhookCaller
    {
        private int _answered;

        public ConcurrentQueue<WebhookCall> Calls { get; } = [];

        /// <summary>One after the other; afterwards all is taken.</summary>
        public ImmutableArray<WebhookAnswer> Answers { get; init; } = [];

        /// <summary>The calls that get no answer but that of <see cref="Hung"/>.</summary>
        public Func<WebhookCall, bool> Hangs { get; init; } = static _ => false;

        public TaskCompletionSource<WebhookAnswer> Hung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool WasCancelled { get; private set; }

        public Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellationToken)
        {
            int at = Interlocked.Increment(ref _answered) - 1;
            Calls.Enqueue(call);
            if (Hangs(call))
            {
                cancellationToken.Register(() => WasCancelled = true);
                return Hung.Task.WaitAsync(cancellationToken);
            }

            return Task.FromResult(at < Answers.Length ? Answers[at] : new WebhookAnswer.Status(200, null));
        }
    }

    private sealed class NeverLeader : ILeadership
    {
        public bool IsLeader => false;

        public TimeSpan EnsureLeader() => throw new NotLeaderException();
    }
}
