using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tests.Http;

/// <summary>Reads watch events one by one.</summary>
internal sealed class WatchReader : IDisposable
{
    // A real server's garbage collector stops whenever kinds come and go, as they do in tests beside this one, and looks again every half minute; installing and removing beside them can hold it for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private WatchReader(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        reader = new StreamReader(stream);
    }

    public static async Task<WatchReader> OpenAsync(HttpClient http, string path)
    {
        HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return new WatchReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    /// <exception cref="TimeoutException">Neither came in time.</exception>
    public async Task<JsonNode?> NextAsync() => await reader.ReadLineAsync().WaitAsync(Patience) is { } line ? JsonNode.Parse(line) : null;

    /// <summary>The next event that holds.</summary>
    /// <exception cref="EndOfStreamException">The watch ended before it came.</exception>
    public async Task<JsonNode> UntilAsync(Func<JsonNode, bool> holds)
    {
        while (await NextAsync() is { } next)
        {
            if (holds(next))
            {
                return next;
            }
        }

        throw new EndOfStreamException("the watch ended before what was waited for");
    }

    /// <summary><c>ADDED name</c></summary>
    public async Task<string> NextNameAsync()
    {
        JsonNode next = await UntilAsync(static _ => true);
        return $"{next["type"]} {next["object"]!["metadata"]!["name"] ?? next["object"]!["metadata"]!["resourceVersion"]}";
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
