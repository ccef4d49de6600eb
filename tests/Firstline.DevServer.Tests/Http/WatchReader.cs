using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tests.Http;

/// <summary>Reads watch events one by one.</summary>
internal sealed class WatchReader : IDisposable
{
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
    public async Task<JsonNode?> NextAsync() => await reader.ReadLineAsync() is { } line ? JsonNode.Parse(line) : null;

    /// <summary><c>ADDED name</c></summary>
    public async Task<string> NextNameAsync()
    {
        JsonNode next = await NextAsync() ?? throw new EndOfStreamException("the watch ended");
        return $"{next["type"]} {next["object"]!["metadata"]!["name"] ?? next["object"]!["metadata"]!["resourceVersion"]}";
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
