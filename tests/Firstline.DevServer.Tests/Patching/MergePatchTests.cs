using Firstline.DevServer.Patching;
using Xunit;

namespace Firstline.DevServer.Tests.Patching;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("sets and replaces", "{'a':1}", "{'a':2,'b':3}", "{'a':2,'b':3}")]
    [InlineData("removes by null", "{'a':1,'b':2}", "{'a':null}", "{'b':2}")]
    [InlineData("merges deeply", "{'a':{'b':1,'c':2}}", "{'a':{'b':9}}", "{'a':{'b':9,'c':2}}")]
    [InlineData("replaces lists as a whole", "{'a':[1,2]}", "{'a':[3]}", "{'a':[3]}")]
    [InlineData("replaces a scalar by an object without its nulls", "{'a':1}", "{'a':{'b':null,'c':1}}", "{'a':{'c':1}}")]
    [InlineData("leaves nulls that were there", "{'a':null}", "{'b':1}", "{'a':null,'b':1}")]
    public void Apply(string situation, string document, string patch, string expected) =>
        MergePatch.Apply(JsonText.Parse(document), JsonText.Parse(patch)).ShouldBe(expected, situation);
}
