using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.DevServer.Tests.Http;
using Firstline.Testing;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Plays one scenario against one server.</summary>
internal sealed partial class Player(HttpClient http, string ns, Scenario scenario) : IDisposable
{
    // A real server's garbage collector stops whenever kinds come and go, as they do in tests beside this one, and looks again every half minute; installing and removing beside them can hold it for minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Normaliser _normaliser = new(ns, scenario.ShowsManagedFields);
    private readonly Dictionary<string, string> _kept = new() { ["ns"] = ns, ["run"] = TestRun.Name };
    private readonly Dictionary<string, WatchReader> _watches = [];

    /// <summary>Makes one request.</summary>
    /// <returns>The normalised answer: warnings, then status and body.</returns>
    public Task<string> PlayAsync(Interaction interaction) => interaction.Verb switch
    {
        "WATCH" => OpenAsync(interaction),
        "NEXT" => NextAsync(interaction, static _ => true),
        "AWAIT" => NextAsync(interaction, e => e["type"]!.ToString() == interaction.Body),
        "END" => EndAsync(interaction),
        _ => SendAsync(interaction),
    };

    public void Dispose()
    {
        foreach (WatchReader watch in _watches.Values)
        {
            watch.Dispose();
        }
    }

    private async Task<string> SendAsync(Interaction interaction)
    {
        foreach (Match prefix in GeneratedName().Matches(interaction.Body ?? ""))
        {
            _normaliser.Generates(prefix.Groups[1].Value);
        }

        using HttpRequestMessage request = new(new HttpMethod(interaction.Verb), Uri(interaction.Target));
        request.Headers.TryAddWithoutValidation("Accept", interaction.Accept);
        if (interaction.MediaType is { } media)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(interaction.Body ?? "")));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(media);
        }

        using CancellationTokenSource limit = new(Patience);
        using HttpResponseMessage response = await http.SendAsync(request, limit.Token);
        return Told(interaction, response, await response.Content.ReadAsStringAsync(limit.Token));
    }

    private string Told(Interaction interaction, HttpResponseMessage response, string text)
    {
        IEnumerable<string> warnings = response.Headers.TryGetValues("Warning", out IEnumerable<string>? values) ? values : [];
        string media = response.Content.Headers.ContentType?.MediaType ?? "";
        JsonNode? body = media.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text) : null;
        Keep(interaction, body);
        string told = body is null ? $"{media} {_normaliser.Line(JsonValue.Create(text))}" : _normaliser.Line(Part(interaction, body, (int)response.StatusCode));
        return string.Join('\n', [.. warnings.Select(w => $"Warning: {_normaliser.Text(w)}"), $"{(int)response.StatusCode} {told}".TrimEnd()]);
    }

    private void Keep(Interaction interaction, JsonNode? body)
    {
        foreach ((string name, string path) in interaction.Kept)
        {
            _kept[name] = JsonPart.Of(body, path)?.ToString() ?? "";
        }
    }

    // A refusal is always told as a whole.
    private static JsonNode? Part(Interaction interaction, JsonNode? body, int status)
    {
        if (interaction.Only.IsEmpty || status >= 400)
        {
            return body;
        }

        JsonObject parts = [];
        foreach (string path in interaction.Only)
        {
            parts[path] = JsonPart.Of(body, path)?.DeepClone();
        }

        return parts;
    }

    private async Task<string> OpenAsync(Interaction interaction)
    {
        string[] words = interaction.Body!.Split(' ');
        _watches[interaction.Target] = await WatchReader.OpenAsync(http, Uri(words[0]).ToString());
        return "open";
    }

    private async Task<string> NextAsync(Interaction interaction, Func<JsonNode, bool> holds)
    {
        JsonNode? next;
        do
        {
            next = await _watches[interaction.Target].NextAsync();
        }
        while (next is not null && !holds(next));
        Keep(interaction, next);
        return next is null ? "end" : _normaliser.Line(Part(interaction, next, 200));
    }

    private async Task<string> EndAsync(Interaction interaction)
    {
        int events = 0;
        while (await _watches[interaction.Target].NextAsync() is not null)
        {
            events++;
        }

        return $"end after {events} more events";
    }

    private Uri Uri(string target) => new(ResourcePath.Full(Filled(target), ns), UriKind.Relative);

    private string Filled(string text) => Variable().Replace(text, match => _kept.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(@"""generateName"":""([^""]*)""")]
    private static partial Regex GeneratedName();

    [GeneratedRegex(@"\$([a-z]+)")]
    private static partial Regex Variable();
}
