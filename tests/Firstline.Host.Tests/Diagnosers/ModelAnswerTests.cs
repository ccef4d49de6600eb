using System.Text.Json.Nodes;
using Firstline.Core.Diagnosis.Models;
using Firstline.Testing.Models;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Diagnosers;

/// <summary>Questions that are answered, over real HTTP in the words of either API.</summary>
public sealed class ModelAnswerTests
{
    private const string Answer = """{"cause":"OOMKilled"}""";

    public static TheoryData<string> Ways => Asking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_answer_comes_with_what_it_cost(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer, 321, 45));
        using Asking asking = new(model.Address, way);

        ModelReply reply = await asking.AskAsync();

        (reply.Answer, reply.Failure).Should().Be((Answer, null));
        reply.Usage.Should().Be(new ModelUsage(1, 321, 45));
        reply.Latency.Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_request_carries_the_question_and_the_key_and_tells_nothing_of_this_machine(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way);

        await asking.AskAsync();

        ModelAsked asked = model.Asked.Should().ContainSingle().Subject;
        bool isAnthropic = way.StartsWith("Anthropic", StringComparison.Ordinal);
        asked.Path.Should().Be(isAnthropic ? "/v1/messages" : "/chat/completions");
        asked.Headers.Where(static h => h.Value.Contains(Asking.Key, StringComparison.Ordinal)).Select(static h => $"{h.Key}: {h.Value}").Should().Equal(
            isAnthropic ? $"x-api-key: {Asking.Key}" : $"authorization: Bearer {Asking.Key}");
        asked.Headers["user-agent"].Should().Be("firstline-operator");
        asked.Headers.Keys.Should().NotContain(static name => name.StartsWith("x-stainless", StringComparison.Ordinal) || name == "traceparent");
        asked.Json["model"]!.ToString().Should().Be("scripted");
        (asked.Json["stream"]?.GetValue<bool>() ?? false).Should().Be(way.EndsWith("streamed", StringComparison.Ordinal));
        (asked.Json["max_completion_tokens"] ?? asked.Json["max_tokens"])!.GetValue<int>().Should().Be(Asking.Question.AnswerTokens);
        asked.Body.Should().Contain("Say why it fails.").And.Contain("OOMKilled").And.Contain("get_logs");
        JsonNode? schema = isAnthropic ? asked.Json["output_config"]!["format"]!["schema"] : asked.Json["response_format"]!["json_schema"]!["schema"];
        schema!["properties"]!["cause"]!["type"]!.ToString().Should().Be("string");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_it_looks_up_goes_back_to_it(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(
            new ModelScene.Calls([new("call_a", "get_logs", """{"pod":"web-1","lines":20}"""), new("call_b", "get_logs", """{"pod":"web-2"}""")]), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way);

        ModelReply reply = await asking.AskAsync();

        reply.Answer.Should().Be(Answer, reply.Failure);
        reply.Usage.Should().Be(new ModelUsage(2, 200, 40));
        asking.Tools.Calls.Should().Equal(("get_logs", """{"pod":"web-1","lines":20}"""), ("get_logs", """{"pod":"web-2"}"""));
        model.Asked.Should().HaveCount(2);
        ResultsIn(model.Asked.Last()).Should().Equal(("call_a", "result-1"), ("call_b", "result-2"));
    }

    [Theory]
    [InlineData("OpenAI, whole")]
    [InlineData("OpenAI, streamed")]
    [InlineData("Anthropic, streamed")]
    public async Task Arguments_that_are_no_JSON_object_are_told_and_not_carried_out(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(
            new ModelScene.Calls([new("call_a", "get_logs", """{"pod":"web"""), new("call_b", "get_logs", "[1]")]), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way);

        ModelReply reply = await asking.AskAsync();

        reply.Answer.Should().Be(Answer, reply.Failure);
        asking.Tools.Calls.Should().BeEmpty();
        ResultsIn(model.Asked.Last()).Should().Equal(("call_a", "not looked up: the arguments are no JSON object"), ("call_b", "not looked up: the arguments are no JSON object"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_tool_that_there_is_not_is_told(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Calls("delete_pod", """{"pod":"web-1"}"""), new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way);

        (await asking.AskAsync()).Answer.Should().Be(Answer);

        ResultsIn(model.Asked.Last()).Should().Equal(("call_1", "there is no tool delete_pod"));
    }

    [Fact]
    public async Task A_key_that_is_replaced_in_its_file_is_shown_without_a_restart()
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer));
        Testing.ManualTimeProvider clock = new();
        using Asking asking = new(model.Address, "OpenAI, whole", clock);
        await asking.AskAsync();
        await File.WriteAllTextAsync(asking.KeyFile, "sk-new");
        clock.Advance(TimeSpan.FromSeconds(11));

        await asking.AskAsync();

        model.Asked.Select(static a => a.Headers["authorization"]).Should().Equal($"Bearer {Asking.Key}", "Bearer sk-new");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_endpoint_that_asks_for_no_key_is_shown_none(string way)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says(Answer));
        using Asking asking = new(model.Address, way, change: static o => o with { KeyFile = null });

        (await asking.AskAsync()).Answer.Should().Be(Answer);

        model.Asked.Should().ContainSingle().Which.Headers.Keys.Should().NotContain(["authorization", "x-api-key"]);
    }

    [Fact]
    public void The_operators_program_allows_the_reflection_that_Anthropics_SDK_needs() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Firstline.Host.runtimeconfig.json")))!["runtimeOptions"]!["configProperties"]!
            ["System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault"]!.GetValue<bool>().Should().BeTrue("the tests' own program always does, the operator's only because it says so");

    private static IEnumerable<(string Id, string Result)> ResultsIn(ModelAsked asked)
    {
        foreach (JsonNode? message in asked.Json["messages"]!.AsArray())
        {
            if (message!["role"]!.ToString() == "tool")
            {
                yield return (message["tool_call_id"]!.ToString(), TextIn(message["content"]!));
            }

            foreach (JsonNode? block in (message["content"] as JsonArray)?.Where(static b => b!["type"]!.ToString() == "tool_result") ?? [])
            {
                yield return (block!["tool_use_id"]!.ToString(), TextIn(block["content"]!));
            }
        }
    }

    private static string TextIn(JsonNode content) => content is JsonArray parts ? string.Concat(parts.Select(static p => p!["text"]!.ToString())) : content.ToString();
}
