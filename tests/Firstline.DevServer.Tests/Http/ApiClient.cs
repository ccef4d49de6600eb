using System.Net.Http.Headers;
using System.Text;
using Firstline.DevServer.Http;

namespace Firstline.DevServer.Tests.Http;

/// <summary>Speaks to a server as a client would: over a socket, in JSON.</summary>
internal sealed class ApiClient : IDisposable
{
    public const string Json = "application/json";
    public const string Merge = "application/merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    public ApiClient(DevApiServer server, string? token = null)
    {
        Http = new HttpClient { BaseAddress = server.Url };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? server.Users[0].Token);
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1");
    }

    public HttpClient Http { get; }

    public Task<ApiAnswer> GetAsync(string path, string accept = Json) => SendAsync(HttpMethod.Get, path, null, Json, accept);

    public Task<ApiAnswer> PostAsync(string path, string body, string mediaType = Json) => SendAsync(HttpMethod.Post, path, body, mediaType);

    public Task<ApiAnswer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body, Json);

    public Task<ApiAnswer> PatchAsync(string path, string body, string mediaType = Merge) => SendAsync(HttpMethod.Patch, path, body, mediaType);

    public Task<ApiAnswer> DeleteAsync(string path, string? body = null) => SendAsync(HttpMethod.Delete, path, body, Json);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, string mediaType, string accept = Json)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace('\'', '"')));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        string[] warnings = response.Headers.TryGetValues("Warning", out IEnumerable<string>? values) ? [.. values] : [];
        return new ApiAnswer((int)response.StatusCode, text, warnings);
    }

    public Task<WatchReader> WatchAsync(string path) => WatchReader.OpenAsync(Http, path);

    public void Dispose() => Http.Dispose();
}
