using System.Text.Json;
using System.Text.RegularExpressions;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.Api.Tests.Meta;

public sealed class DurationTests
{
    [Theory]
    // situation                        text        milliseconds   shortest text
    [InlineData("seconds",              "30s",      30_000,        "30s")]
    [InlineData("minutes",              "5m",       300_000,       "5m")]
    [InlineData("hours and minutes",    "1h30m",    5_400_000,     "1h30m")]
    [InlineData("milliseconds",         "500ms",    500,           "500ms")]
    [InlineData("all units",            "1h1m1s1ms", 3_661_001,    "1h1m1s1ms")]
    [InlineData("more than the unit",   "90s",      90_000,        "1m30s")]
    [InlineData("units out of order",   "30s1m",    90_000,        "1m30s")]
    [InlineData("a unit said twice",    "1m1m",     120_000,       "2m")]
    [InlineData("nothing",              "0s",       0,             "0s")]
    [InlineData("nothing of minutes",   "0m",       0,             "0s")]
    [InlineData("leading zeros",        "007s",     7_000,         "7s")]
    public void TryParse_reads_what_people_write(string situation, string text, long milliseconds, string shortest)
    {
        Duration.TryParse(text, out Duration duration).Should().BeTrue(situation);

        duration.Value.Should().Be(TimeSpan.FromMilliseconds(milliseconds), situation);
        duration.ToString().Should().Be(shortest, situation);
        Regex.IsMatch(text, Duration.Pattern).Should().BeTrue("the schema lets the same texts pass: {0}", situation);
    }

    [Theory]
    [InlineData("nothing there", "")]
    [InlineData("null", null)]
    [InlineData("no unit", "30")]
    [InlineData("no number", "s")]
    [InlineData("negative", "-5m")]
    [InlineData("signed", "+5m")]
    [InlineData("a fraction", "1.5h")]
    [InlineData("days, which have no fixed length", "1d")]
    [InlineData("a space between", "1h 30m")]
    [InlineData("a space after", "5m ")]
    [InlineData("upper case", "5M")]
    [InlineData("ISO 8601", "PT5M")]
    [InlineData("microseconds", "5us")]
    [InlineData("digits of another alphabet", "٣s")]
    public void TryParse_refuses_what_the_schema_refuses(string situation, string? text)
    {
        Duration.TryParse(text, out Duration duration).Should().BeFalse(situation);

        duration.Should().Be(default(Duration), situation);
        Regex.IsMatch(text ?? "", Duration.Pattern).Should().BeFalse(situation);
    }

    [Theory]
    [InlineData("longer than ten years", "87673h")]
    [InlineData("a number beyond 32 bits", "2147483648s")]
    [InlineData("a sum beyond ten years", "87672h1ms")]
    public void TryParse_refuses_absurd_lengths(string situation, string text) =>
        Duration.TryParse(text, out _).Should().BeFalse(situation);

    [Fact]
    public void TryParse_reads_ten_years() => Duration.TryParse("87672h", out _).Should().BeTrue();

    [Fact]
    public void From_refuses_negative_lengths() =>
        FluentActions.Invoking(() => Duration.From(TimeSpan.FromSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Durations_are_ordered_by_length()
    {
        Duration shorter = Duration.From(TimeSpan.FromSeconds(59));
        Duration longer = Duration.From(TimeSpan.FromMinutes(1));

        (shorter < longer).Should().BeTrue();
        (shorter <= longer).Should().BeTrue();
        (shorter > longer).Should().BeFalse();
        (shorter >= longer).Should().BeFalse();
        shorter.CompareTo(longer).Should().BeNegative();
    }

    [Theory]
    [InlineData("a text of another form", "\"soon\"")]
    [InlineData("a number", "30")]
    public void Read_says_how_a_duration_is_written(string situation, string json) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize($$"""{ "cooldown": {{json}} }""", FirstlineJson.Of<RunbookLimits>()))
            .Should().Throw<JsonException>(situation).WithMessage("*30s, 5m or 1h30m*");
}
