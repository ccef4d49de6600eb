using Firstline.DevServer.Patching;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Patching;

public sealed class StrategicMergePatchTests
{
    private const string Two = "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}";

    [Theory]
    [InlineData("merges an item by its key", Two,
        "{'spec':{'containers':[{'name':'b','image':'3'}]}}", "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'3'}]}}")]
    [InlineData("puts a new item before the others, as the server does", Two,
        "{'spec':{'containers':[{'name':'c'}]}}", "{'spec':{'containers':[{'name':'c'},{'name':'a','image':'1'},{'name':'b','image':'2'}]}}")]
    [InlineData("orders items as the patch says", Two,
        "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}", "{'spec':{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}}")]
    [InlineData("adds an item at its place in the order", Two,
        "{'spec':{'$setElementOrder/containers':[{'name':'a'},{'name':'c'},{'name':'b'}],'containers':[{'name':'c'}]}}",
        "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'c'},{'name':'b','image':'2'}]}}")]
    [InlineData("deletes an item", Two, "{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}", "{'spec':{'containers':[{'name':'b','image':'2'}]}}")]
    [InlineData("replaces a whole list", Two, "{'spec':{'containers':[{'$patch':'replace'},{'name':'z'}]}}", "{'spec':{'containers':[{'name':'z'}]}}")]
    [InlineData("replaces a map", Two, "{'spec':{'$patch':'replace','replicas':1}}", "{'spec':{'replicas':1}}")]
    [InlineData("deletes a map", Two, "{'spec':{'$patch':'delete'}}", "{}")]
    [InlineData("replaces lists that do not merge", "{'spec':{'containers':[{'name':'a','args':['x','y']}]}}",
        "{'spec':{'containers':[{'name':'a','args':['z']}]}}", "{'spec':{'containers':[{'name':'a','args':['z']}]}}")]
    [InlineData("keeps only the keys to retain", "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
        "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}", "{'spec':{'strategy':{'type':'Recreate'}}}")]
    [InlineData("joins lists of scalars", "{'metadata':{'finalizers':['a']}}", "{'metadata':{'finalizers':['a','b']}}", "{'metadata':{'finalizers':['a','b']}}")]
    [InlineData("takes scalars out", "{'metadata':{'finalizers':['a','b']}}",
        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a']}}", "{'metadata':{'finalizers':['b']}}")]
    [InlineData("removes by null", Two, "{'spec':{'containers':null,'replicas':2}}", "{'spec':{'replicas':2}}")]
    public void Apply(string situation, string document, string patch, string expected) =>
        StrategicMergePatch.Apply(JsonText.Parse(document), JsonText.Parse(patch), PodSchema.Node).ShouldBe(expected, situation);

    [Theory]
    [InlineData("an item without its key", "{'spec':{'containers':[{'image':'s'}]}}", "map: map[image:s] does not contain declared merge key: name")]
    [InlineData("a directive that does not exist", "{'spec':{'$patch':'foo'}}", "unknown patch type: foo in map: map[$patch:foo]")]
    public void Apply_refuses_in_the_servers_words(string situation, string patch, string message) =>
        FluentActions.Invoking(() => StrategicMergePatch.Apply(JsonText.Parse(Two), JsonText.Parse(patch), PodSchema.Node))
            .Should().Throw<PatchException>(situation).WithMessage(message);

    [Fact]
    public void Apply_leaves_the_stored_document_alone()
    {
        System.Text.Json.Nodes.JsonObject document = JsonText.Parse(Two);

        StrategicMergePatch.Apply(document, JsonText.Parse("{'spec':{'containers':[{'name':'a','image':'9'}]}}"), PodSchema.Node);

        document.ShouldBe(Two);
    }
}
