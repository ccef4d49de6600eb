using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Core.Diagnosis.Models;
using Firstline.Testing;
using Firstline.Testing.Models;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Diagnosers;

/// <summary>A question ends within what it may cost, whatever the model does.</summary>
public sealed class ModelAllowanceTests
{
    private const string Answer = """{"cause":"OOMKilled"}""";
    private static readonly ModelScene LookUp = new ModelScene.Calls("get_logs", """{"pod":"web-1"}""");

    public static TheoryData<string> Ways => Asking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_model_that_asks_for_tools_for_ever_is_ended_after_eight_turns(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(LookUp);
        using Asking asking = new(model.Address, way);

        ModelReply reply = await asking.AskAsync();

        reply.Failure.Should().Be("goes on asking for tools after 8 turns and 7 calls of tools");
        (model.Asked.Count, reply.Usage.Calls, asking.Tools.Calls.Count).Should().Be((8, 8, 7));
        model.Asked.Select(MayLookUp).Should().Equal([.. Enumerable.Repeat(true, 7), false], "the last turn is for the answer");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_model_that_asks_for_forty_calls_at_once_gets_sixteen(string way)
    {
        ImmutableArray<ToolCall> forty = [.. Enumerable.Range(0, 40).Select(static i => new ToolCall($"call_{i}", "get_logs", """{"pod":"web-1"}"""))];
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Calls(forty), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way);

        ModelReply reply = await asking.AskAsync();

        reply.Answer.Should().Be(Answer, reply.Failure);
        asking.Tools.Calls.Should().HaveCount(16);
        MayLookUp(model.Asked.Last()).Should().BeFalse();
    }

    [Fact]
    public async Task The_last_call_that_is_left_is_for_the_answer()
    {
        await using ScriptedModel model = ScriptedModel.Playing(LookUp);
        using Asking asking = new(model.Address, "OpenAI, whole");

        ModelReply reply = await asking.AskAsync(new ModelAllowance(Calls: 2, Tokens: 100_000));

        (model.Asked.Count, reply.Usage.Calls, asking.Tools.Calls.Count).Should().Be((2, 2, 1));
        model.Asked.Select(MayLookUp).Should().Equal(true, false);
        reply.Failure.Should().StartWith("goes on asking for tools");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Repetitions_are_calls_too(int calls)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Refuses(500));
        using Asking asking = new(model.Address, "Anthropic, whole", new FastClock(50));

        ModelReply reply = await asking.AskAsync(new ModelAllowance(calls, Tokens: 100_000));

        (model.Asked.Count, reply.Usage.Calls, reply.Failure).Should().Be((calls, calls, "fails (500)"));
    }

    public static TheoryData<string, ModelScene, int> Costly => new()
    {
        { "it breaks off", new ModelScene.Breaks(new ModelScene.Says(Answer)), 1 },
        { "a gateway gives up on it", new ModelScene.Refuses(504), 1 },
        { "it fails", new ModelScene.Refuses(500), 1 },
        { "it is overloaded, and does nothing", new ModelScene.Refuses(529), 3 },
    };

    [Theory]
    [MemberData(nameof(Costly))]
    public async Task Repetitions_cost_tokens_too(string situation, ModelScene scene, int requests)
    {
        // One request of at most 300 tokens, with an answer of 200, fits into 500; another one after it does not.
        await using ScriptedModel model = ScriptedModel.Playing(scene);
        using Asking asking = new(model.Address, "OpenAI, whole", new FastClock(50));

        ModelReply reply = await asking.AskAsync(new ModelAllowance(Calls: 16, Tokens: 500));

        model.Asked.Should().HaveCount(requests, situation);
        (reply.Usage.InputTokens + reply.Usage.OutputTokens).Should().BeInRange(requests == 1 ? Asking.Question.AnswerTokens : 0, 500, situation);
    }

    [Fact]
    public async Task What_is_looked_up_leaves_room_for_the_answer()
    {
        ImmutableArray<ToolCall> four = [.. Enumerable.Range(0, 4).Select(static i => new ToolCall($"call_{i}", "get_logs", """{"pod":"web-1"}"""))];
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Calls(four), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, "OpenAI, whole");
        asking.Tools.Result = new string('x', 2400);

        ModelReply reply = await asking.AskAsync(new ModelAllowance(Calls: 16, Tokens: 2800));

        reply.Answer.Should().Be(Answer, reply.Failure);
        model.Asked.Last().Body.Split(asking.Tools.Result).Should().HaveCount(3, "two of the four fit");
        model.Asked.Last().Body.Should().Contain("there is no room for more");
    }

    [Fact]
    public async Task A_question_that_costs_more_than_is_left_is_not_asked()
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, "OpenAI, whole");

        ModelReply reply = await asking.AskAsync(new ModelAllowance(Calls: 5, Tokens: 250));

        reply.Failure.Should().StartWith("would cost more than is left of its limits: about ").And.EndWith("of 250 tokens and 5 calls");
        reply.Usage.Should().Be(new ModelUsage(0, 0, 0));
        model.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_look_into_the_cluster_that_leaves_too_little_for_another_turn_is_the_last()
    {
        // Of 1,000 tokens the first turn takes 120: another one of about 300 fits, a third would not.
        await using ScriptedModel model = ScriptedModel.Playing(LookUp);
        using Asking asking = new(model.Address, "OpenAI, whole");

        ModelReply reply = await asking.AskAsync(new ModelAllowance(Calls: 16, Tokens: 1000));

        (reply.Usage.InputTokens + reply.Usage.OutputTokens).Should().BeLessThan(1000);
        model.Asked.Select(MayLookUp).Last().Should().BeFalse();
        reply.Failure.Should().StartWith("goes on asking for tools");
    }

    [Theory]
    [InlineData("it tells nothing", null, null)]
    [InlineData("it claims that it was free", 0, 0)]
    [InlineData("it claims less than nothing", -5, -5)]
    [InlineData("it claims what no model can take", int.MaxValue, int.MaxValue)]
    public async Task Tokens_that_are_not_told_are_estimated(string situation, int? input, int? output)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer, input, output));
        using Asking asking = new(model.Address, "OpenAI, streamed");

        ModelReply reply = await asking.AskAsync();

        reply.Answer.Should().Be(Answer, situation);
        reply.Usage.InputTokens.Should().BeInRange(100, 300);
        reply.Usage.OutputTokens.Should().Be((Answer.Length + 2) / 3);
    }

    private static bool MayLookUp(ModelAsked asked) => (asked.Json["tool_choice"] is JsonObject choice ? choice["type"] : asked.Json["tool_choice"])!.ToString() == "auto";
}
