using System.Collections.Concurrent;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Core.Facts;
using Firstline.DevServer.Http;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>What follows from how a judgement ends. One worker judges "bad" and then "good", both of which cannot be deleted.</summary>
public sealed class JudgementOutcomeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_no_repetition_can_help_is_left_until_it_changes_and_logged_in_one_sentence()
    {
        await using Bench bench = new(await OperatorUnderTest.StartServerAsync()) { Failure = new TerminalException("it has had too many incidents") };

        await bench.JudgeAsync();

        bench.LoadAtTheEnd.NextDue.Should().BeNull();
        bench.Log.Should().Equal("Warning: detection Deployment/bad: not tried again until it changes: it has had too many incidents");
    }

    [Fact]
    public async Task A_missing_right_is_an_error_in_the_log_and_tried_again()
    {
        await using Bench bench = new(await OperatorUnderTest.StartServerAsync()) { Failure = new KubeException(KubeErrorKind.Forbidden, "cannot create incidents") };

        await bench.JudgeAsync(until: bench.AgainAsync());

        bench.Log.Distinct().Should().Equal("Error: detection Deployment/bad: the API server refused a request; tried again with backoff: cannot create incidents");
    }

    [Fact]
    public async Task What_goes_with_its_namespace_is_not_reported()
    {
        await using Bench bench = new(await OperatorUnderTest.StartServerAsync()) { IsEnding = true };

        await bench.JudgeAsync();

        bench.Reported.Should().Equal("good");
    }

    private sealed class Bench : ISituationSource, IIncidentIntake, ILogger<DetectionController>, IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _good = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _badAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly DevApiServer _server;
        private readonly KubeClient _client;
        private readonly SharedInformers _informers;
        private readonly DetectionController _controller;

        public Bench(DevApiServer server)
        {
            _server = server;
            _client = new(new ClusterAccess { Server = server.Url, Credentials = new StaticCredentials(new Credential { Token = server.Users[0].Token }) }, TimeProvider.System);
            _informers = new(_client, TimeProvider.System);
            OperatorOptions options = new("firstline-system");
            ClusterCache cache = new(_informers, options, TimeProvider.System);
            RootFinder roots = new(cache);
            IncidentCache incidents = new(_informers, roots, options);
            HeldFindings held = new(incidents, _informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy));
            _controller = new(cache, this, roots, incidents, held, this, new DetectionEvents(new EventLog()), TimeProvider.System, this, workers: 1);
        }

        public Exception? Failure { get; init; }

        public bool IsEnding { get; init; }

        public ConcurrentQueue<string> Reported { get; } = [];

        public ConcurrentQueue<string> Log { get; } = [];

        /// <summary>What was left to do when "good" was reported.</summary>
        public QueueLoad LoadAtTheEnd { get; private set; }

        /// <summary>Completes when "bad" is reported once more.</summary>
        public Task AgainAsync() => _badAgain.Task;

        /// <summary>Judges both, until "good" is reported and <paramref name="until"/> completes.</summary>
        public async Task JudgeAsync(Task? until = null)
        {
            _informers.Start(_stop.Token);
            await _informers.WaitForSyncAsync(CancellationToken.None).WaitAsync(Limit);
            _controller.Judge(Named("bad"));
            _controller.Judge(Named("good"));
            Task running = _controller.RunAsync(_stop.Token, CancellationToken.None);
            await Task.WhenAll(_good.Task, until ?? Task.CompletedTask).WaitAsync(Limit);
            await _stop.CancelAsync();
            await running.WaitAsync(Limit);
        }

        public Situation? Observe(TargetRef target) => target.Kind != "Deployment" ? null : new()
        {
            Subject = target, Exists = true, Deletion = new(DateTimeOffset.UtcNow.AddHours(-1), ["example.com/hold"]), NamespaceEnding = IsEnding && target.Name == "bad",
        };

        public Situation LookAround(Situation situation) => situation;

        public void OnChange(Action<TargetRef> changed) => throw new NotSupportedException();

        public Task<IntakeOutcome> ReportAsync(IncidentReport report, CancellationToken cancellationToken)
        {
            string name = ((IncidentReport.FromDetector)report).Finding.Target.Name;
            if (name == "good")
            {
                LoadAtTheEnd = _controller.Load;
                Reported.Enqueue(name);
                _good.TrySetResult();
                return Task.FromResult(IntakeOutcome.Stored);
            }

            if (Reported.Contains(name))
            {
                _badAgain.TrySetResult();
            }

            Reported.Enqueue(name);
            return Failure is null ? Task.FromResult(IntakeOutcome.Stored) : Task.FromException<IntakeOutcome>(Failure);
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Log.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _informers.StoppedAsync();
            _controller.Dispose();
            _client.Dispose();
            _stop.Dispose();
            await _server.DisposeAsync();
        }

        private static TargetRef Named(string name) => new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = name };
    }
}
