using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Conformance;

public sealed class WordingTests
{
    private const string Invalid = """422 {"code":422,"details":{"causes":[{"field":"spec.size","message":"must be a number","reason":"FieldValueInvalid"}]},"kind":"Status","message":"it is invalid","reason":"Invalid","status":"Failure"}""";
    private const string NotFound = """404 {"code":404,"kind":"Status","message":"configmaps \"a\" not found","reason":"NotFound","status":"Failure"}""";

    [Theory]
    [InlineData("the words of a validation", "it is invalid", "it can't be so", true)]
    [InlineData("the words of a cause", "must be a number", "has to be a number", true)]
    [InlineData("the field of a cause", "spec.size", "spec.width", false)]
    [InlineData("the reason of a cause", "FieldValueInvalid", "FieldValueRequired", false)]
    [InlineData("the reason", "\"Invalid\"", "\"BadRequest\"", false)]
    [InlineData("the code", "422 ", "400 ", false)]
    public void Agree_of_a_refusal_by_validation(string what, string old, string @new, bool expected) =>
        Wording.Agree(Invalid, Invalid.Replace(old, @new, StringComparison.Ordinal)).Should().Be(expected, what);

    [Theory]
    [InlineData("the words of a reason whose words are stable", NotFound, """404 {"code":404,"kind":"Status","message":"no configmap a","reason":"NotFound","status":"Failure"}""", false)]
    [InlineData("a value of an object", """200 {"data":{"a":"1"},"kind":"ConfigMap","message":"x"}""", """200 {"data":{"a":"1"},"kind":"ConfigMap","message":"y"}""", false)]
    [InlineData("the words of a warning", "Warning: 299 - \"unknown field\"\n200 {}", "Warning: 299 - \"field unknown\"\n200 {}", true)]
    [InlineData("a warning that is missing", "Warning: 299 - \"unknown field\"\n200 {}", "200 {}", false)]
    [InlineData("the words of an error of a watch", """{"object":{"kind":"Status","message":"x","reason":"BadRequest","status":"Failure"},"type":"ERROR"}""", """{"object":{"kind":"Status","message":"y","reason":"BadRequest","status":"Failure"},"type":"ERROR"}""", true)]
    [InlineData("an answer that is no JSON", "404 text/plain not found", "404 text/plain gone", false)]
    public void Agree_of_an_answer(string what, string recorded, string answer, bool expected) => Wording.Agree(recorded, answer).Should().Be(expected, what);

    [Fact]
    public void Loosen_keeps_code_and_reason_of_every_recorded_refusal()
    {
        string[] refusals = [.. ScenarioTable.All.SelectMany(static t => t.Scenarios).SelectMany(static s => s.Interactions).Select(static i => i.Recorded.Split('\n')[^1]).Where(static r => r.Contains("\"status\":\"Failure\"", StringComparison.Ordinal))];

        refusals.Should().HaveCountGreaterThan(100);
        refusals.Where(static r => ReasonOf(r) != ReasonOf(Wording.Loosen(r)) || r[..3] != Wording.Loosen(r)[..3]).Should().BeEmpty();
        refusals.Count(static r => Wording.Loosen(r) == r).Should().BePositive("stable words are compared").And.BeLessThan(refusals.Length);
    }

    // Fields stand in the order of their names: behind the words come the reason, where there is one, and the status.
    private static string ReasonOf(string answer) =>
        answer[(answer.LastIndexOf("\"reason\":", StringComparison.Ordinal) is >= 0 and var at ? at : answer.LastIndexOf("\"status\":", StringComparison.Ordinal))..];
}
