using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The API server whose kubeconfig <see cref="Variable"/> names, through <c>kubectl proxy</c>, which knows every way of logging in.</summary>
public sealed class RealConformanceServer : ConformanceServer
{
    internal const string Variable = "FIRSTLINE_TEST_KUBECONFIG";

    /// <summary>Minor version of Kubernetes whose answers the tables hold.</summary>
    private const string RecordedMinor = "36";

    private Process? _proxy;

    /// <summary>True when the server's own words can be expected, to the letter.</summary>
    public bool IsOfRecordedVersion { get; private set; }

    internal static string? Kubeconfig => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    protected override string Absence => $"{Variable} is not set: point it to the kubeconfig of a real API server";

    protected override async Task<HttpClient?> ConnectAsync()
    {
        if (Kubeconfig is null)
        {
            return null;
        }

        ProcessStartInfo start = new("kubectl", "proxy --port=0 --address=127.0.0.1 --reject-paths=^$") { RedirectStandardOutput = true, Environment = { ["KUBECONFIG"] = Kubeconfig } };
        _proxy = Process.Start(start)!;
        string? line = await _proxy.StandardOutput.ReadLineAsync();
        HttpClient http = line?.Split(' ')[^1] is { } address
            ? new HttpClient { BaseAddress = new Uri($"http://{address}") }
            : throw new InvalidOperationException("kubectl proxy ended before it listened: see its words above");
        JsonNode version = JsonNode.Parse(await http.GetStringAsync(new Uri("/version", UriKind.Relative)))!;

        // Clouds write 36+ for their own builds.
        IsOfRecordedVersion = ((string?)version["minor"])?.TrimEnd('+') == RecordedMinor;
        return http;
    }

    protected override async Task StopAsync()
    {
        if (_proxy is not null)
        {
            _proxy.Kill();
            await _proxy.WaitForExitAsync();
            _proxy.Dispose();
        }
    }
}
