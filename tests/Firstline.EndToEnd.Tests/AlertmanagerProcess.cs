using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Firstline.EndToEnd.Tests;

/// <summary>A real Alertmanager on loopback, sending to one webhook.</summary>
internal sealed class AlertmanagerProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("firstline-alertmanager-").FullName;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _said = new();
    private readonly HttpClient _http = new();
    private Process? _process;

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
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync(Uri webhook, string tokenFile)
    {
        int port = FreePort();
        string config = Path.Combine(_folder, "alertmanager.yml");
        await File.WriteAllTextAsync(config, Configuration(webhook, tokenFile));
        ProcessStartInfo start = new(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[$"--config.file={config}", $"--storage.path={_folder}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"Alertmanager ended: {_said}"));
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        await _listening.Task.WaitAsync(Loop.Limit);
    }

    private void OnLine(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.Contains("Listening", StringComparison.Ordinal) == true)
        {
            _listening.TrySetResult();
        }
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

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
