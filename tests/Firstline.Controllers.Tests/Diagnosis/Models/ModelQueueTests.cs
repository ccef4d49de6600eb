using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis;
using Firstline.Controllers.Diagnosis.Models;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Diagnosis.Models;

/// <summary>Questions about many incidents at once, with caches that have seen none of them yet.</summary>
public sealed class ModelQueueTests
{
    private const long Need = 20_000;   // more than a question about so small an incident takes

    [Fact]
    public async Task Four_questions_are_asked_at_once_and_the_next_when_one_has_ended()
    {
        Board board = new();
        ImmutableArray<TaskCompletionSource<ModelReply>> replies = [.. Enumerable.Range(0, 6).Select(static _ => new TaskCompletionSource<ModelReply>())];
        int asked = 0;
        ScriptedModel model = new((_, _, ct) => replies[Interlocked.Increment(ref asked) - 1].Task.WaitAsync(ct));
        await using ModelRefinement refinement = board.With(new(model, new()));
        TaskCompletionSource<NamespacedName> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        refinement.Answered = answered.SetResult;

        List<TimeSpan?> first = await board.LookAsync(refinement, 6);
        await board.LookAsync(refinement, 6);
        foreach (TaskCompletionSource<ModelReply> reply in replies.Take(1))
        {
            reply.SetResult(ScriptedModel.Reply("""{"hypotheses":[],"rationale":"x"}"""));
        }

        NamespacedName done = await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await board.LookAsync(refinement, 6);
        await board.LookAsync(refinement, 6);

        first.Should().Equal(null, null, null, null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        board.Incidents.Count(static i => i.Status!.ModelCalls.Any(static c => c.Outcome == ModelOutcome.Asked)).Should().Be(4, "one has ended and one more was asked");
        board.Find(done).Status!.ModelCalls.Should().ContainSingle().Which.Outcome.Should().Be(ModelOutcome.Answered);
        board.Incidents.Count(static i => i.Status!.ModelCalls.IsEmpty).Should().Be(1);
    }

    [Fact]
    public async Task What_is_reserved_by_one_question_is_not_there_for_the_next_before_any_cache_shows_it()
    {
        Board board = new();
        ScriptedModel model = new(static (_, _, ct) => new TaskCompletionSource<ModelReply>().Task.WaitAsync(ct));
        await using ModelRefinement refinement = board.With(new(model, new() { TokensPerIncident = 2 * Need, TokensPerDay = (2 * Need) + 100 }), showsWrites: false);

        List<TimeSpan?> looks = await board.LookAsync(refinement, 4);

        looks.Should().Equal([null, null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)], "most of what is reserved is given back, and nobody may say that the day is over");
        board.Written.Should().HaveCount(2).And.OnlyContain(static w => w.Conditions.Any(static c => c.Reason == "ModelAsked"));
    }

    [Theory]
    [InlineData("its incident is there, and no cache shows what it cost", false)]
    [InlineData("its incident was deleted", true)]
    public async Task What_a_question_has_cost_counts_for_the_day_when(string situation, bool isDeleted)
    {
        Board board = new();
        ScriptedModel model = new(static (_, _, _) => Task.FromResult(new ModelReply("""{"hypotheses":[],"rationale":"x"}""", new(1, Need, 0), null, TimeSpan.FromSeconds(1))));
        await using ModelRefinement refinement = board.With(new(model, new() { TokensPerIncident = 2 * Need, TokensPerDay = Need + 100 }), showsWrites: false);
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        refinement.Answered = _ => answered.TrySetResult();
        await board.LookAsync(refinement, 1);
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        if (isDeleted)
        {
            board.Incidents.RemoveAt(0);
        }
        else
        {
            await board.LookAsync(refinement, 1);
        }

        List<TimeSpan?> looks = [await refinement.AdvanceAsync(board.Incidents[^1], Board.Web, CancellationToken.None)];

        looks.Should().Equal([TimeSpan.FromHours(12)], situation);
        board.Written[^1].Conditions.Should().Contain(static c => c.Reason == "ModelBudgetUsedUp");
        model.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task An_incident_that_another_one_deals_with_is_not_asked_about()
    {
        Board board = new();
        ScriptedModel model = new(static (_, _, _) => throw new NotSupportedException());
        await using ModelRefinement refinement = board.With(new(model, new()));
        Incident child = board.Incidents[0] with { Status = board.Incidents[0].Status! with { Parent = new() { Name = "p", Uid = "p" } } };

        (await refinement.AdvanceAsync(child, Board.Web, CancellationToken.None)).Should().BeNull();
        board.Written.Should().BeEmpty();
    }

    /// <summary>Six incidents in the caches, and the status that is written.</summary>
    private sealed class Board : IKubeClient, ISituationSource, IStatusWriter
    {
        private readonly ManualTimeProvider _clock = new();
        private readonly Dictionary<string, Incident> _stored = [];
        private bool _showsWrites;

        public static Situation Web { get; } = new() { Subject = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" } };

        public List<Incident> Incidents { get; } = [.. Enumerable.Range(1, 6).Select(static n => new Incident
        {
            Metadata = new() { Name = $"i{n}", Namespace = "shop", Uid = $"u{n}" },
            Spec = new() { Target = Web.Subject, Summary = "it crashes" },
            Status = new() { Evidence = [new() { Id = "E1", Source = "Pod/web-1 log of app", Excerpt = "failed" }] },
        })];

        public List<IncidentStatus> Written { get; } = [];

        public string FieldManager => "test";

        public ModelRefinement With(ConfiguredModel model, bool showsWrites = true)
        {
            _showsWrites = showsWrites;
            DiagnosticReader reader = new(this, NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance);
            ModelSources sources = new(this, reader, NoMetrics.Reader, static _ => [], new OperatorOptions("firstline-system"), _clock);
            return new(model, sources, static _ => [], () => Incidents, this, this, _clock, NullLogger<ModelRefinement>.Instance);
        }

        public Incident Find(NamespacedName name) => Incidents.Single(i => i.Metadata.Name == name.Name);

        public async Task<List<TimeSpan?>> LookAsync(ModelRefinement refinement, int count)
        {
            List<TimeSpan?> again = [];
            foreach (Incident incident in Incidents.Take(count).ToArray())
            {
                again.Add(await refinement.SettleAsync(incident, CancellationToken.None) ? null : await refinement.AdvanceAsync(incident, Web, CancellationToken.None));
            }

            return again;
        }

        public Task<string?> ApplyAsync<TStatus>(
            ResourceType type, ObjectMeta metadata, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken)
        {
            fieldManager.Should().Be(FieldManagers.Diagnosis);
            Written.Add((IncidentStatus)(object)status!);
            _stored[metadata.Name] = Incidents.Single(i => i.Metadata.Uid == metadata.Uid) with { Status = Written[^1] };
            if (_showsWrites)
            {
                int at = Incidents.FindIndex(i => i.Metadata.Uid == metadata.Uid);
                Incidents[at] = _stored[metadata.Name];
            }

            return Task.FromResult<string?>("1");
        }

        public Task<string?> ApplyUnchangedAsync<TStatus>(
            ResourceType type, ObjectMeta read, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) =>
            Task.FromResult(new KubeResponse(JsonSerializer.SerializeToUtf8Bytes(_stored[request.Key.Name], FirstlineJson.Incident), []));

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Situation? Observe(TargetRef target) => null;

        public void OnChange(Action<TargetRef> changed) => throw new NotSupportedException();

        public Situation LookAround(Situation situation) => situation;
    }
}
