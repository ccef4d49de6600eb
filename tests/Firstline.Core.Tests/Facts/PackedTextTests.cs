using System.Text;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class PackedTextTests
{
    private static readonly string Template = "{\"spec\":{\"containers\":["
        + string.Join(',', Enumerable.Range(0, 20).Select(static i => $"{{\"name\":\"c{i}\",\"image\":\"registry.example/web:{i}\",\"resources\":{{\"limits\":{{\"memory\":\"512Mi\"}}}}}}")) + "]}}";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"café\":\"Straße 🚲\"}")]
    public void Text_comes_back_as_it_was(string text) => PackedText.Of(text).Text.Should().Be(text);

    [Fact]
    public void Template_takes_a_quarter_of_its_bytes_and_comes_back_as_it_was()
    {
        PackedText packed = PackedText.Of(Encoding.UTF8.GetBytes(Template));

        packed.Text.Should().Be(Template);
        packed.Size.Should().BeLessThan(Template.Length / 4);
    }

    [Fact]
    public void Equal_texts_are_equal_and_others_are_not()
    {
        PackedText.Of(Template).Should().Be(PackedText.Of(Template)).And.NotBe(PackedText.Of(Template + " "));
        PackedText.Of(Template).GetHashCode().Should().Be(PackedText.Of(Template).GetHashCode());
    }

    [Fact]
    public void Revisions_of_the_same_template_are_equal_records()
    {
        RevisionFacts one = new() { Ref = new() { Kind = "ReplicaSet", Name = "web-1" }, TemplateJson = Template };

        one.Should().Be(one with { TemplateJson = Template });
        one.TemplateJson.Should().Be(Template);
    }
}
