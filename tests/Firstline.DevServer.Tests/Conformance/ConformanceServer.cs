using System.Text;
using Firstline.Testing;
using Xunit;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>A server under test, with the definitions that the tables speak of.</summary>
public abstract class ConformanceServer : IAsyncLifetime
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private HttpClient? _http;

    /// <summary>Asks the server in an administrator's name; skips the test where there is no server.</summary>
    internal HttpClient Http
    {
        get
        {
            Skip.If(_http is null, Absence);
            return _http!;
        }
    }

    /// <summary>True where controllers run beside the server: they make ConfigMaps, pods and statuses of their own.</summary>
    internal bool HasControllers { get; private set; }

    /// <summary>Why there is no server.</summary>
    protected abstract string Absence { get; }

    public async Task InitializeAsync()
    {
        try
        {
            await PrepareAsync();
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    private async Task PrepareAsync()
    {
        _http = await ConnectAsync();
        if (_http is not null)
        {
            _http.DefaultRequestHeaders.UserAgent.ParseAdd("conformance/1");
            using HttpResponseMessage published = await _http.GetAsync(new Uri("/api/v1/namespaces/default/configmaps/kube-root-ca.crt", UriKind.Relative));
            HasControllers = published.IsSuccessStatusCode;
            await EstablishAsync(GaugeDefinition.Name, GaugeDefinition.Json);
        }
    }

    public async Task DisposeAsync()
    {
        if (_http is not null)
        {
            using HttpResponseMessage deleted = await _http.DeleteAsync(new Uri($"{Definitions}/{GaugeDefinition.Name}", UriKind.Relative));
            _http.Dispose();
        }

        await StopAsync();
    }

    internal async Task<string> OpenNamespaceAsync()
    {
        string name = $"conformance-{Guid.NewGuid():n}"[..20];
        await PostAsync("/api/v1/namespaces", TestRun.Namespace(name));
        return name;
    }

    internal async Task CloseNamespaceAsync(string name)
    {
        using HttpResponseMessage deleted = await Http.DeleteAsync(new Uri($"/api/v1/namespaces/{name}", UriKind.Relative));
        deleted.EnsureSuccessStatusCode();
    }

    /// <summary>A client of the server with nothing set but address and credentials; null where there is no server.</summary>
    protected abstract Task<HttpClient?> ConnectAsync();

    protected abstract Task StopAsync();

    private async Task EstablishAsync(string name, string json)
    {
        using Http.WatchReader watch = await Tests.Http.WatchReader.OpenAsync(_http!, $"{Definitions}?watch=1&fieldSelector=metadata.name%3D{name}");
        await PostAsync(Definitions, json);
        await watch.UntilAsync(static e =>
            e["object"]!["status"]?["conditions"]?.AsArray().Any(c => c!["type"]!.ToString() == "Established" && c["status"]!.ToString() == "True") == true);
    }

    private async Task PostAsync(string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http!.PostAsync(new Uri(path, UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST {path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
