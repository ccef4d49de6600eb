using Firstline.Core.Diagnosis.Models;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Diagnosis.Models;

/// <summary>How many tokens a question takes.</summary>
public sealed class ModelTokensTests
{
    [Theory]
    [InlineData("all that is sent, by three bytes", "abc", "abc", "{}", 3 + 100)]
    [InlineData("other alphabets by their bytes", "abc", "ошибка", "{}", 6 + 100)]
    public void Of_counts(string situation, string instructions, string input, string schema, long tokens) =>
        ModelTokens.Of(new ModelQuestion(instructions, input, schema, 100), []).Should().Be(tokens, situation);

    [Fact]
    public void Of_counts_the_tools()
    {
        ModelQuestion question = new("abc", "abc", "{}", 100);

        ModelTokens.Of(question, [new("get", new string('x', 300), "{}")]).Should().Be(ModelTokens.Of(8 + 305) + 100);
    }
}
