using System.Text.Json.Nodes;
using Firstline.DevServer.Patching;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Patching;

public sealed class JsonPatchTests
{
    private const string Document = "{'a':{'b':[1,2,3]},'x/y':1,'m~n':2,'n':null}";

    [Theory]
    [InlineData("adds a member", "{'op':'add','path':'/a/c','value':4}", "{'a':{'b':[1,2,3],'c':4},'x/y':1,'m~n':2,'n':null}")]
    [InlineData("inserts before an index", "{'op':'add','path':'/a/b/1','value':9}", "{'a':{'b':[1,9,2,3]},'x/y':1,'m~n':2,'n':null}")]
    [InlineData("appends with a dash", "{'op':'add','path':'/a/b/-','value':9}", "{'a':{'b':[1,2,3,9]},'x/y':1,'m~n':2,'n':null}")]
    [InlineData("removes by index", "{'op':'remove','path':'/a/b/0'}", "{'a':{'b':[2,3]},'x/y':1,'m~n':2,'n':null}")]
    [InlineData("removes a null", "{'op':'remove','path':'/n'}", "{'a':{'b':[1,2,3]},'x/y':1,'m~n':2}")]
    [InlineData("replaces an item in place", "{'op':'replace','path':'/a/b/1','value':9}", "{'a':{'b':[1,9,3]},'x/y':1,'m~n':2,'n':null}")]
    [InlineData("reads escaped slashes", "{'op':'replace','path':'/x~1y','value':2}", "{'a':{'b':[1,2,3]},'x/y':2,'m~n':2,'n':null}")]
    [InlineData("reads escaped tildes", "{'op':'remove','path':'/m~0n'}", "{'a':{'b':[1,2,3]},'x/y':1,'n':null}")]
    [InlineData("moves", "{'op':'move','from':'/a/b','path':'/b'}", "{'a':{},'b':[1,2,3],'x/y':1,'m~n':2,'n':null}")]
    [InlineData("copies", "{'op':'copy','from':'/a/b/0','path':'/c'}", "{'a':{'b':[1,2,3]},'c':1,'x/y':1,'m~n':2,'n':null}")]
    [InlineData("passes a test that holds", "{'op':'test','path':'/a','value':{'b':[1,2,3]}}", Document)]
    public void Apply_does_one_operation(string situation, string operation, string expected) =>
        JsonPatch.Apply(JsonText.Parse(Document), new JsonArray(JsonText.Parse(operation))).ShouldBe(expected, situation);

    [Theory]
    [InlineData("a test that does not hold", "{'op':'test','path':'/a','value':1}", PatchFailure.DoesNotApply)]
    [InlineData("a path that is not there", "{'op':'remove','path':'/nope'}", PatchFailure.DoesNotApply)]
    [InlineData("an index beyond the list", "{'op':'add','path':'/a/b/4','value':1}", PatchFailure.DoesNotApply)]
    [InlineData("a path through a scalar", "{'op':'add','path':'/x~1y/z','value':1}", PatchFailure.DoesNotApply)]
    [InlineData("a replaced member that is not there", "{'op':'replace','path':'/z','value':1}", PatchFailure.DoesNotApply)]
    [InlineData("an operation that does not exist", "{'op':'increment','path':'/a'}", PatchFailure.Malformed)]
    [InlineData("an add without a value", "{'op':'add','path':'/a'}", PatchFailure.Malformed)]
    [InlineData("a pointer without its slash", "{'op':'remove','path':'a'}", PatchFailure.DoesNotApply)]
    public void Apply_refuses(string situation, string operation, object failure) =>
        FluentActions.Invoking(() => JsonPatch.Apply(JsonText.Parse(Document), new JsonArray(JsonText.Parse(operation))))
            .Should().Throw<PatchException>(situation).Which.Failure.Should().Be((PatchFailure)failure);

    [Fact]
    public void Apply_does_all_operations_or_none()
    {
        JsonObject document = JsonText.Parse(Document);
        JsonArray patch = [JsonText.Parse("{'op':'remove','path':'/a'}"), JsonText.Parse("{'op':'test','path':'/n','value':1}")];

        FluentActions.Invoking(() => JsonPatch.Apply(document, patch)).Should().Throw<PatchException>();

        document.ShouldBe(Document);
    }
}
