using System.Globalization;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class BoundedTextTests
{
    private const string Escape = "\u001b";

    [Theory]
    [InlineData("a text that fits", "all is well", "all is well")]
    [InlineData("a line break and a tab", "one\r\ntwo\tthree", "one two three")]
    [InlineData("NUL", "a\0b", "a b")]
    [InlineData("a colour of a terminal", $"{Escape}[1;31merror{Escape}[0m: no", "error: no")]
    [InlineData("a title for a terminal's window", $"{Escape}]0;owned\u0007error", "error")]
    [InlineData("a link for a terminal", $"{Escape}]8;;http://evil{Escape}\\here{Escape}]8;;{Escape}\\", "here")]
    [InlineData("an escape that is never finished", $"error{Escape}[31", "error")]
    [InlineData("the one-byte form of the terminal's escape", "\u009b31merror", "error")]
    [InlineData("an override of the direction of reading", "user\u202Etxt.exe", "user\uFFFDtxt.exe")]
    [InlineData("an isolate of the direction of reading", "a\u2066b\u2069", "a\uFFFDb\uFFFD")]
    [InlineData("letters without a shape", "pass\u200Bword", "pass\uFFFDword")]
    [InlineData("letters that only machines read", "ok\U000E0041\U000E0042", "ok\uFFFD\uFFFD")]
    [InlineData("a joiner inside a picture", "\U0001F469\u200D\U0001F692", "\U0001F469\u200D\U0001F692")]
    [InlineData("a separator of lines", "a\u2028b", "a b")]
    public void Shorten_makes_one_visible_line_of(string what, string text, string expected) => BoundedText.Shorten(text, 100).Should().Be(expected, what);

    [Fact]
    public void Shorten_shows_where_half_of_a_pair_stood()
    {
        BoundedText.Shorten($"a{'\ud83d'}b", 100).Should().Be("a\uFFFDb");
        BoundedText.Shorten($"a{'\ude00'}", 100).Should().Be("a\uFFFD");
    }

    [Theory]
    [InlineData("letters", "aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("pairs", "😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("escapes between letters", $"a{Escape}[0maaaaaaaaaaaaaaaaaaaa")]
    public void Shorten_marks_where_it_cut(string what, string text)
    {
        string cut = BoundedText.Shorten(text, 10);

        cut.Length.Should().BeInRange(9, 10, what);
        cut.Should().EndWith(BoundedText.CutMark);
        BoundedText.Shorten(cut, 10).Should().Be(cut, "what fits already stays as it is");
    }

    [Fact]
    public void Of_marks_a_cut_that_redaction_hides()
    {
        string text = $"password={new string('x', 2_000_000)}";

        BoundedText.Of(text, 64).Should().Be($"password={Redactor.Mark}{BoundedText.CutMark}");
    }

    [Fact]
    public void Of_finds_a_secret_whose_name_is_torn_by_letters_without_a_shape() =>
        BoundedText.Of($"pass{Escape}[0mword=hunter22", 64).Should().NotContain("hunter22");

    [Fact]
    public void Of_reads_no_more_of_a_huge_text_than_it_needs()
    {
        string huge = string.Create(CultureInfo.InvariantCulture, $"{new string('\u202E', 500_000)}{new string('\0', 500_000)}");

        BoundedText.Of(huge, 1024).Length.Should().BeLessThanOrEqualTo(1024);
    }
}
