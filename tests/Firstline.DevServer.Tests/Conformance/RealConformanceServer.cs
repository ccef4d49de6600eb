using System.Diagnostics;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The API server whose kubeconfig <see cref="Variable"/> names, through <c>kubectl proxy</c>, which knows every way of logging in.</summary>
public sealed class RealConformanceServer : ConformanceServer
{
    internal const string Variable = "FIRSTLINE_TEST_KUBECONFIG";

    private Process? _proxy;

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
        return line?.Split(' ')[^1] is { } address
            ? new HttpClient { BaseAddress = new Uri($"http://{address}") }
            : throw new InvalidOperationException("kubectl proxy ended before it listened: see its words above");
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
