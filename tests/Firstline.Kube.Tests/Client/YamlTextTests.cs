using System.Text;
using Firstline.Kube.Client;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Client;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("no escape at all", """{"a":"plain, Ünïcode"}""", """{"a":"plain, Ünïcode"}""")]
    [InlineData("an emoji", """{"a":"it burns \uD83D\uDD25!"}""", """{"a":"it burns 🔥!"}""")]
    [InlineData("an emoji in lower case", """{"a":"\ud83d\udd25"}""", """{"a":"🔥"}""")]
    [InlineData("two in a row", """{"a":"\uD83D\uDD25\uD83D\uDD25"}""", """{"a":"🔥🔥"}""")]
    [InlineData("a control character stays escaped", """{"a":"\u0000\u001b \uD83D\uDD25"}""", """{"a":"\u0000\u001b 🔥"}""")]
    [InlineData("a backslash before text that looks like one", """{"a":"\\uD83D\\uDD25 \\\uD83D\uDD25"}""", """{"a":"\\uD83D\\uDD25 \\🔥"}""")]
    [InlineData("quotes and line ends stay", """{"a":"\"\n\uD83D\uDD25\""}""", """{"a":"\"\n🔥\""}""")]
    [InlineData("half a pair is left to the server", """{"a":"\uD83D"}""", """{"a":"\uD83D"}""")]
    [InlineData("half a pair at the very end", "\"\\uD83D", "\"\\uD83D")]
    [InlineData("a letter beyond the surrogates", """{"a":"\uD7FF"}""", """{"a":"\uD7FF"}""")]
    public void Of_writes_characters_above_the_basic_plane_as_themselves(string situation, string json, string expected) =>
        Encoding.UTF8.GetString(YamlText.Of(Encoding.UTF8.GetBytes(json)).Span).Should().Be(expected, situation);

    [Fact]
    public async Task Apply_sends_an_emoji_as_a_YAML_reader_takes_it()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();

        Task<KubeResponse> apply = client.ApplyAsync(PodView.Type, new("shop", "a"), """{"message":"\uD83D\uDD25"}"""u8.ToArray(), Patience.Token);
        Exchange request = await server.NextAsync();
        string body = request.BodyText;
        await request.AnswerAsync(ServerJson.Pod("a", "1"));
        await apply;

        body.Should().Be("""{"message":"🔥"}""");
    }
}
