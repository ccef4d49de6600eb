using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class CheckReadingsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly KubeClient _nowhere = new(new ClusterAccess { Server = new("http://127.0.0.1:1") }, TimeProvider.System);
    private readonly ManualTimeProvider _clock = new();
    private readonly Outside _outside = new();
    private readonly CheckReadings _readings;

    public CheckReadingsTests() => _readings = new(
        _outside, _outside, new SharedInformers(_nowhere, TimeProvider.System).Get<JobFacts>(new ResourceQuery(BuiltinTypes.Jobs), JobProjection.ReadJob), _clock);

    [Fact]
    public async Task A_look_does_not_wait_for_the_answer_that_the_next_one_gets()
    {
        DateTimeOffset first = _clock.GetUtcNow();
        _readings.Of(Verifying).Should().BeEmpty("it was just asked for");
        await _outside.FirstQuestion.WaitAsync(Limit);
        _clock.Advance(TimeSpan.FromSeconds(9));
        _readings.Of(Verifying).Should().BeEmpty("nobody has answered");
        await _outside.AnswerAsync(0.5);

        CheckReading read = (await UntilReadAsync()).Should().ContainKey("Metric/errors").WhoseValue;

        read.Should().BeOfType<CheckReading.OfMetric>().Which.Answer.Should().BeEquivalentTo(new MetricAnswer.Samples([new("", 0.5)]));
        read.At.Should().Be(first, "it may be that old");
        _outside.Asked.Should().BeLessThanOrEqualTo(2, "one question waits for its answer before the next is asked");
    }

    [Fact]
    public async Task What_was_answered_stays_known_while_it_is_asked_again()
    {
        _readings.Of(Verifying);
        await _outside.AnswerAsync(1);
        await UntilReadAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));

        _readings.Of(Verifying).Should().ContainKey("Metric/errors", "the second question has no answer yet");
        _readings.Of(Verifying).Should().ContainKey("Metric/errors");
    }

    [Fact]
    public async Task Nothing_is_asked_for_a_request_whose_change_is_neither_to_be_made_nor_being_verified()
    {
        RemediationRequest over = Verifying with { Status = Verifying.Status! with { Outcome = RemediationOutcome.Succeeded } };
        RemediationRequest undone = Verifying with { Status = Verifying.Status! with { Steps = [new() { Name = "undo", State = StepState.RolledBack, AppliedAt = _clock.GetUtcNow() }] } };

        foreach (RemediationRequest request in new[] { over, undone })
        {
            _readings.Of(request).Should().BeEmpty();
        }

        await _readings.DisposeAsync();
        _outside.Asked.Should().Be(0);
    }

    [Fact]
    public async Task What_waits_for_its_change_is_woken_by_the_answer_and_asks_again_after_twenty_seconds()
    {
        RemediationRequest waiting = Verifying with { Status = new() };
        TaskCompletionSource<NamespacedName> woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _readings.OnAnswer(woken.SetResult);
        _readings.Of(waiting).Should().BeEmpty("it was just asked for");
        await _outside.AnswerAsync(1);

        (await woken.Task.WaitAsync(Limit)).Should().Be(new NamespacedName("shop", "undo"));

        _clock.Advance(TimeSpan.FromSeconds(19));
        _readings.Of(waiting).Should().ContainKey("Metric/errors", "the answer was there when it was woken");
        _outside.Asked.Should().Be(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _readings.Of(waiting).Should().ContainKey("Metric/errors");
        await _outside.SecondQuestion.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_question_that_went_wrong_is_a_reading_with_its_reason()
    {
        _readings.Of(Verifying);
        await _outside.FailAsync(new FormatException("Bearer s3cr3t"));

        CheckReading read = (await UntilReadAsync()).Should().ContainKey("Metric/errors").WhoseValue;

        read.Should().BeOfType<CheckReading.OfMetric>().Which.Answer.Should().Be(new MetricAnswer.Unknown("it could not be asked (FormatException)"));
    }

    [Fact]
    public async Task A_question_that_its_source_gave_up_is_a_reading_too()
    {
        _readings.Of(Verifying);
        await _outside.FailAsync(new TaskCanceledException());
        (await UntilReadAsync()).Should().ContainKey("Metric/errors").WhoseValue.WhyUnanswered.Should().Be("it could not be asked (TaskCanceledException)");
    }

    [Fact]
    public async Task A_metric_and_a_probe_of_the_same_text_are_two_questions()
    {
        RemediationRequest both = Verifying with { Spec = Verifying.Spec with { Verification = Verifying.Spec.Verification with { Probes = [new() { Name = "home", Destination = "rate" }] } } };
        _readings.Of(both);
        (await UntilReadAsync(both)).Should().ContainKey("Probe/home").And.NotContainKey("Metric/errors", "nobody has answered that one");
    }

    [Fact]
    public async Task Only_so_many_questions_are_under_way_at_once()
    {
        for (int i = 0; i < 20; i++)
        {
            _readings.Of(Verifying with { Metadata = Verifying.Metadata with { Name = $"undo-{i}" } });
        }

        await _outside.AnswerAsync(1);
        await _outside.SecondQuestion.WaitAsync(Limit);
        await _readings.DisposeAsync();
        _outside.Asked.Should().BeInRange(2, 9, "one was answered, eight wait for theirs");
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_an_answer()
    {
        _readings.Of(Verifying);
        await _outside.FirstQuestion.WaitAsync(Limit);
        await _readings.DisposeAsync().AsTask().WaitAsync(Limit);
        _outside.WasCancelled.Should().BeTrue();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _readings.DisposeAsync().AsTask();

    public void Dispose() => _nowhere.Dispose();

    private RemediationRequest Verifying => new()
    {
        Metadata = new() { Name = "undo", Namespace = "shop", Uid = "u" },
        Spec = new()
        {
            Plan = new() { Target = new() { Kind = "Deployment", Name = "web", Namespace = "shop" }, Steps = [new() { Name = "undo" }] },
            Verification = new() { Metrics = [new() { Name = "errors", Query = "rate", Max = "1" }] },
        },
        Status = new() { Steps = [new() { Name = "undo", State = StepState.Applied, AppliedAt = _clock.GetUtcNow() }] },
    };

    // The answer reaches the readings on another thread.
    private async Task<ImmutableDictionary<string, CheckReading>> UntilReadAsync(RemediationRequest? request = null)
    {
        using CancellationTokenSource stop = new(Limit);
        while (true)
        {
            if (_readings.Of(request ?? Verifying) is { IsEmpty: false } read)
            {
                return read;
            }

            stop.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Outside : IMetricsSource, IHttpProbe
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<MetricAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public bool WasCancelled { get; private set; }

        public Task FirstQuestion => _first.Task;

        public Task SecondQuestion => _second.Task;

        public async Task AnswerAsync(double value)
        {
            await _first.Task.WaitAsync(Limit);
            _answer.SetResult(new MetricAnswer.Samples([new("", value)]));
        }

        public async Task FailAsync(Exception error)
        {
            await _first.Task.WaitAsync(Limit);
            _answer.SetException(error);
        }

        public async Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken)
        {
            int question = Interlocked.Increment(ref _asked);
            (question == 1 ? _first : _second).TrySetResult();
            try
            {
                // Only the first question is ever answered.
                return question == 1 ? await _answer.Task.WaitAsync(cancellationToken) : await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith<MetricAnswer>(static _ => throw new OperationCanceledException(), TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }
        }

        public Task<ProbeAnswer> ProbeAsync(string destination, TargetRef target, CancellationToken cancellationToken) => Task.FromResult<ProbeAnswer>(new ProbeAnswer.Status(204));
    }
}
