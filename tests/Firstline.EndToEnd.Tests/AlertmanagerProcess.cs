using System.Text;

namespace Firstline.EndToEnd.Tests;

/// <summary>A real Alertmanager on loopback, sending to one webhook.</summary>
internal sealed class AlertmanagerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("firstline-alertmanager-").FullName;
    private readonly HttpClient _http = new();
    private ListeningProgram? _program;

    private AlertmanagerProcess()
    {
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Program => new[] { Environment.GetEnvironmentVariable("FIRSTLINE_ALERTMANAGER"), "/usr/bin/prometheus-alertmanager" }.FirstOrDefault(File.Exists);

    /// <param name="webhook">Where it sends alerts.</param>
    /// <param name="tokenFile">The bearer token that it shows there.</param>
    public static async Task<AlertmanagerProcess> StartAsync(Uri webhook, string tokenFile)
    {
        AlertmanagerProcess alertmanager = new();
        await alertmanager.BeginAsync(webhook, tokenFile);
        return alertmanager;
    }

    /// <summary>Posts alerts as Prometheus does.</summary>
    public async Task PostAsync(string alerts)
    {
        using StringContent body = new(alerts, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri("api/v2/alerts", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync(Uri webhook, string tokenFile)
    {
        string config = Path.Combine(_folder, "alertmanager.yml");
        await File.WriteAllTextAsync(config, Configuration(webhook, tokenFile));
        _program = await ListeningProgram.StartAsync(Program!, $"--config.file={config}", $"--storage.path={_folder}", "--cluster.listen-address=");
        _http.BaseAddress = _program.Address;
    }

    private static string Configuration(Uri webhook, string tokenFile) =>
        $"""
        route:
          receiver: firstline
          group_by: [alertname, namespace, deployment]
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 1h
        receivers:
        - name: firstline
          webhook_configs:
          - url: {webhook}
            send_resolved: true
            http_config:
              authorization:
                type: Bearer
                credentials_file: {tokenFile}
        """;
}
