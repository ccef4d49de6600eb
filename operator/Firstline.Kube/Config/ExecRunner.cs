using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Config;

/// <summary>Runs a credential plugin once.</summary>
internal static partial class ExecRunner
{
    private const int MaxQuoted = 200;

    public static async Task<ExecStatus> RunAsync(ExecPlugin plugin, TimeProvider clock, CancellationToken ct)
    {
        using Process process = Start(plugin);
        using CancellationTokenSource limit = new(plugin.Timeout, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(linked.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(linked.Token);
            await process.WaitForExitAsync(linked.Token);
            return process.ExitCode == 0
                ? Parse(plugin, await output)
                : throw new KubeConfigException($"{plugin.Label} ended with exit code {process.ExitCode}{Quote(await errors)}");
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new KubeConfigException($"{plugin.Label} did not answer within {plugin.Timeout.TotalSeconds:0.#} s: run it by hand to see why", e);
        }
        finally
        {
            Stop(process);
        }
    }

    private static Process Start(ExecPlugin plugin)
    {
        ProcessStartInfo info = new(plugin.Command, plugin.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach ((string name, string value) in plugin.Environment)
        {
            info.Environment[name] = value;
        }

        info.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo(plugin);
        try
        {
            Process process = Process.Start(info) ?? throw new KubeConfigException($"{plugin.Label} cannot be started");
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            string hint = plugin.InstallHint is { } text ? $": {text.ReplaceLineEndings(" ").Trim()}" : ": install it or correct its path";
            throw new KubeConfigException($"{plugin.Label} cannot be started ({e.Message}){hint}", e);
        }
    }

    private static string ExecInfo(ExecPlugin plugin)
    {
        JsonObject spec = new() { ["interactive"] = false };
        if (plugin.Cluster is { } cluster)
        {
            spec["cluster"] = new JsonObject
            {
                ["server"] = cluster.Text("server"),
                ["tls-server-name"] = cluster.Text("tls-server-name"),
                ["insecure-skip-tls-verify"] = cluster.Flag("insecure-skip-tls-verify"),
                ["certificate-authority-data"] = cluster.Text("certificate-authority-data")
                    ?? (cluster.PathOf("certificate-authority") is { } path ? Convert.ToBase64String(File.ReadAllBytes(path)) : null),
            };
        }

        return new JsonObject { ["apiVersion"] = plugin.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec }.ToJsonString();
    }

    private static ExecStatus Parse(ExecPlugin plugin, string output)
    {
        try
        {
            ExecCredential? answer = JsonSerializer.Deserialize(output, KubeJson.Default.ExecCredential);
            return answer is { Kind: "ExecCredential", Status: { } status } && answer.ApiVersion == plugin.ApiVersion
                ? status
                : throw new KubeConfigException($"{plugin.Label} did not answer with an ExecCredential of {plugin.ApiVersion} with a status");
        }
        catch (JsonException)
        {
            throw new KubeConfigException($"{plugin.Label} did not answer with JSON: run it by hand to see why");   // the output may hold a secret
        }
    }

    /// <summary>The plugin's last words, without anything long enough to be a secret.</summary>
    private static string Quote(string errors)
    {
        string last = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        last = LikeASecret().Replace(last, "***");
        return last.Length == 0 ? ": run it by hand to see why" : $": {last[..Math.Min(last.Length, MaxQuoted)]}";
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            return;   // ended by itself meanwhile
        }
    }

    [GeneratedRegex("[A-Za-z0-9_+/=.-]{24,}")]
    private static partial Regex LikeASecret();
}
