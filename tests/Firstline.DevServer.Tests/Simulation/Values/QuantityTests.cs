using FluentAssertions;
using Firstline.DevServer.Simulation.Values;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Values;

public class QuantityTests
{
    [Theory]
    [InlineData("whole cores", "2", 2.0)]
    [InlineData("thousandths of a core", "250m", 0.25)]
    [InlineData("binary megabytes", "64Mi", 67108864.0)]
    [InlineData("binary gigabytes", "1Gi", 1073741824.0)]
    [InlineData("decimal megabytes", "128M", 128000000.0)]
    [InlineData("a fraction", "0.5Gi", 536870912.0)]
    [InlineData("an exponent", "1e3", 1000.0)]
    public void Parse_reads_what_kubernetes_writes(string form, string text, double units)
    {
        Quantity.Parse(text).Should().Be((decimal)units, form);
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("empty", "")]
    [InlineData("a word", "much")]
    [InlineData("a unit alone", "Mi")]
    public void Parse_refuses_what_is_no_quantity(string form, string? text)
    {
        Quantity.Parse(text).Should().BeNull(form);
    }
}
