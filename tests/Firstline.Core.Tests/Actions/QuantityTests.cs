using Firstline.Core.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("binary suffix", "256Mi", 268435456)]
    [InlineData("fraction of a binary suffix", "1.5Gi", 1610612736)]
    [InlineData("decimal suffix", "100M", 100000000)]
    [InlineData("kilo is a small k", "5k", 5000)]
    [InlineData("plain bytes", "1024", 1024)]
    [InlineData("exponent", "1e3", 1000)]
    [InlineData("exa, not an exponent", "1E", 1000000000000000000)]
    [InlineData("zero", "0", 0)]
    public void TryParse_reads(string situation, string text, long value)
    {
        Quantity.TryParse(text, out Quantity quantity).Should().BeTrue(situation);
        quantity.Value.Should().Be(value, situation);
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("empty", "")]
    [InlineData("a suffix alone", "Mi")]
    [InlineData("a capital K is none", "5K")]
    [InlineData("negative", "-1Mi")]
    [InlineData("a space", "1 Mi")]
    [InlineData("two points", "1.2.3Mi")]
    [InlineData("above 2^63", "100Ei")]
    public void TryParse_refuses(string situation, string? text) => Quantity.TryParse(text, out _).Should().BeFalse(situation);

    [Theory]
    [InlineData("stays in its suffix where it can", "256Mi", "1.5", "384Mi")]
    [InlineData("goes down a suffix where it must", "1Gi", "1.5", "1536Mi")]
    [InlineData("a fraction in", "1.5Gi", "1.5", "2304Mi")]
    [InlineData("decimal family", "1G", "1.5", "1500M")]
    [InlineData("rounds up to a whole byte", "1001", "1.5", "1502")]
    [InlineData("in bytes where no suffix fits", "1Ki", "1.0001", "1025")]
    [InlineData("odd factor", "100Mi", "1.1", "110Mi")]
    [InlineData("thousandths of a core", "250m", "1.5", "375m")]
    [InlineData("goes up a suffix where it can", "512Mi", "2", "1Gi")]
    [InlineData("a whole core", "500m", "2", "1")]
    public void Times_is_exact(string situation, string text, string factor, string expected)
    {
        Quantity.TryParse(text, out Quantity quantity).Should().BeTrue();
        quantity.Times(decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture)).ToString().Should().Be(expected, situation);
    }

    // By apimachinery's Quantity.CanonicalizeBytes.
    [Theory]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("0.5", "500m")]
    [InlineData("1000m", "1")]
    [InlineData("1000", "1k")]
    [InlineData("1024", "1024")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("1e3", "1k")]
    [InlineData("0Mi", "0")]
    [InlineData("0.0000000001", "1n")]
    public void Its_text_is_one_that_the_API_server_stores_as_it_is(string text, string expected)
    {
        Quantity.TryParse(text, out Quantity quantity).Should().BeTrue();
        quantity.ToString().Should().Be(expected);
    }

    [Fact]
    public void Comparison_is_by_amount_not_by_text()
    {
        Quantity one = Read("1Gi");
        Quantity same = Read("1024Mi");
        Quantity less = Read("1G");
        (one <= same && one >= same && less < one && one > less).Should().BeTrue();
        one.CompareTo(same).Should().Be(0);
    }

    private static Quantity Read(string text)
    {
        Quantity.TryParse(text, out Quantity quantity).Should().BeTrue();
        return quantity;
    }
}
