using System.Text;
using System.Text.Json;
using Firstline.Kube.Client;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Client;

public sealed class ListPageReaderTests
{
    private const int Buffer = 64 * 1024;

    private static readonly string[] Items =
    [
        """{"metadata":{"name":"a"}}""",
        """{"text":"brackets }]{[ and a quote \" and a backslash \\","list":[[],{},["]"]],"empty":""}""",
        """{ "spaced" : [ 1 , 2 ] }""",
        "{}",
    ];

    public static TheoryData<string, string> Lists => new()
    {
        { "as servers write it", $$"""{"kind":"List","metadata":{"resourceVersion":"7","continue":"more"},"items":[{{string.Join(',', Items)}}]}""" },
        { "indented, with the metadata behind", $$"""{ "items" : [ {{string.Join(" ,\n ", Items)}} ] , "metadata" : { "resourceVersion" : "7" , "continue" : "more" } }""" },
        { "with more after it", $$"""{"items":[{{string.Join(',', Items)}}],"metadata":{"resourceVersion":"7","continue":"more"},"other":{"items":[{"no":1}]} }""" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Each_item_is_handed_out_once_and_whole_wherever_the_bytes_are_cut(string how, string list)
    {
        for (int first = 0; first <= list.Length; first++)
        {
            List<string> items = [];
            string bytes = new string(' ', Buffer - first) + list;   // the rest comes when the buffer has room again
            using ListPageReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(bytes)), item => items.Add(Encoding.UTF8.GetString(item)));

            ListPosition position = await reader.ReadAsync(Patience.Token);

            items.Should().Equal(Items, "{0}, cut behind {1} bytes", how, first);
            position.Should().Be(new ListPosition("7", "more"));
        }
    }

    [Fact]
    public async Task Items_that_are_null_are_none()
    {
        using ListPageReader reader = new(new MemoryStream("""{"items":null,"metadata":{"resourceVersion":"7"}}"""u8.ToArray()), static _ => throw new InvalidOperationException());

        (await reader.ReadAsync(Patience.Token)).ResourceVersion.Should().Be("7");
    }

    [Theory]
    [InlineData("cut in an item", """{"items":[{"a":""")]
    [InlineData("cut between items", """{"items":[{},""")]
    [InlineData("cut behind the items", """{"items":[{}]""")]
    [InlineData("no object in the list", """{"items":[7]}""")]
    [InlineData("no list", """[]""")]
    [InlineData("another bracket", """{"items":[{}}}""")]
    public async Task List_that_is_cut_or_none_is_refused(string what, string list)
    {
        using ListPageReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(list)), static _ => { });

        await FluentActions.Awaiting(() => reader.ReadAsync(Patience.Token)).Should().ThrowAsync<JsonException>(what);
    }
}
