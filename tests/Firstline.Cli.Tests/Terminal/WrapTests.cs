using Firstline.Cli.Terminal;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Terminal;

public sealed class WrapTests
{
    [Theory]
    [InlineData("text that fits", "one two", 7, "one two")]
    [InlineData("text that does not", "one two", 6, "one|two")]
    [InlineData("a word longer than the line", "a longest b", 4, "a|longest|b")]
    [InlineData("several spaces", "one   two", 20, "one two")]
    [InlineData("no text", "", 20, "")]
    public void Lines_breaks_at_spaces_and_never_in_a_word(string situation, string text, int width, string lines) =>
        string.Join('|', Wrap.Lines(text, width)).Should().Be(lines, situation);

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(85.4, "85 ms")]
    [InlineData(2_440, "2.4 s")]
    [InlineData(65_000, "1 m 05 s")]
    [InlineData(12_000_000, "3 h 20 m")]
    public void Text_of_a_span_has_the_unit_that_fits(double milliseconds, string text) =>
        Spans.Text(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);
}
