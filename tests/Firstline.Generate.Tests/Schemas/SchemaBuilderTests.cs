using Firstline.Generate.Output;
using Firstline.Generate.Schemas;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Schemas;

public sealed class SchemaBuilderTests
{
    private static readonly SchemaBuilder Builder = new(ApiDocumentation.Of(typeof(SchemaBuilderTests).Assembly), actionNames: []);

    [Theory]
    [InlineData(typeof(UnboundedText), "UnboundedText.Text has no upper bound: add [MaxLength(n)]*")]
    [InlineData(typeof(UnboundedList), "UnboundedList.Items has no upper bound: add [MaxLength(n)]*")]
    [InlineData(typeof(UnboundedItems), "the items of UnboundedItems.Items have no upper bound: add [ItemBounds(n)]*")]
    [InlineData(typeof(UnboundedValues), "the items of UnboundedValues.Values have no upper bound: add [ItemBounds(n)]*")]
    [InlineData(typeof(UnboundedNumber), "UnboundedNumber.Number has no bounds: add [Range(min, max)]")]
    [InlineData(typeof(UnknownType), "UnknownType.Link is a Uri, which has no schema: *")]
    [InlineData(typeof(UnknownDefault), "the default of UnknownDefault.Number is a Double: *")]
    [InlineData(typeof(Recursive), "Recursive contains itself: *")]
    [InlineData(typeof(Undescribed), "Undescribed.Flag has no <summary>: *")]
    public void Of_refuses_in_one_sentence_that_says_what_to_do(Type type, string message) =>
        Builder.Invoking(builder => builder.Of(type)).Should().Throw<GenerateException>().WithMessage(message);
}
