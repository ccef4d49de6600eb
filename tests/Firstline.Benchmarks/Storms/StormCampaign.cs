using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Development;
using Firstline.Cli.Yaml;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Storms;

/// <summary>Sends alerts as an Alertmanager in trouble does: many about few objects, in bodies of groups, several at once, and what was not stored again.</summary>
internal static class StormCampaign
{
    private const int GroupSize = 50;
    private const int Senders = 4;
    private const int Names = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <param name="alerts">How many alerts, each with a fingerprint of its own.</param>
    /// <param name="causes">How many Deployments they are about.</param>
    /// <param name="within">The time over which the bodies are spread.</param>
    public static async Task<StormReport> RunAsync(int alerts, int causes, TimeSpan within)
    {
        Moments moments = new();
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(
            new DevOptions { Operator = Part.Off, Simulation = Part.Off }, folder, logs, TimeProvider.System, CancellationToken.None);
        await new Seed(environment.Client, TimeProvider.System).ApplyAsync(YamlFile.ParseJson(Manifest(causes)), CancellationToken.None);
        using RequestLog requests = new(moments) { Port = environment.Server.Port };
        int port = FreePort();
        string token = Path.Combine(Path.GetTempPath(), $"firstline-storm-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(token, "storm");
        try
        {
            await using OperatorProcess instance = OperatorProcess.Start(
                environment.Kubeconfig, null, "--leader-election", "off", "--webhook-token-file", token, "--webhook-port", port.ToString(CultureInfo.InvariantCulture));
            await instance.FirstReconcile;
            double idle = instance.Megabytes("VmRSS");
            TimeSpan begun = moments.Now;
            int repeated = await SendAsync(new Uri($"http://127.0.0.1:{port}/webhooks/alertmanager"), Bodies(alerts, causes), within);
            TimeSpan took = moments.Now - begun;
            ImmutableArray<Incident> incidents = await IncidentsAsync(environment.Client);
            HashSet<string> known = [.. incidents.SelectMany(static i => i.Status!.Signals.Select(static s => UnlistedSignals.KeyOf(s.Fingerprint)).Concat(UnlistedSignals.KeysOf(i)))];
            int lost = Enumerable.Range(0, alerts).Count(a => !known.Contains(UnlistedSignals.KeyOf($"alertmanager/{FingerprintOf(a)}")));
            return new(
                alerts, causes, took, incidents.Length, lost, repeated,
                requests.All.Where(r => r.Start >= begun).GroupBy(static r => r.Kind).ToImmutableSortedDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal),
                idle, instance.Megabytes("VmHWM"));
        }
        finally
        {
            File.Delete(token);
        }
    }

    // 503 asks for the same body again, as Alertmanager sends it; so does a listener that is not there yet.
    private static async Task<int> SendAsync(Uri webhook, ImmutableArray<string> bodies, TimeSpan within)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "storm");
        int repeated = 0;
        long begun = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(bodies.Index(), new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (body, ct) =>
        {
            TimeSpan due = (within * body.Index / bodies.Length) - TimeProvider.System.GetElapsedTime(begun);
            await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, ct);
            while (!await IsStoredAsync(http, webhook, body.Item, ct))
            {
                Interlocked.Increment(ref repeated);
                await Task.Delay(Patience, ct);
            }
        });
        return repeated;
    }

    private static async Task<bool> IsStoredAsync(HttpClient http, Uri webhook, string body, CancellationToken ct)
    {
        try
        {
            using HttpResponseMessage answer = await http.PostAsync(webhook, new StringContent(body, Encoding.UTF8, "application/json"), ct);
            string text = await answer.Content.ReadAsStringAsync(ct);
            return (answer.StatusCode, text.Contains("left out", StringComparison.Ordinal)) switch
            {
                (HttpStatusCode.Accepted, false) => true,
                (HttpStatusCode.ServiceUnavailable, _) => false,
                _ => throw new InvalidOperationException($"{answer.StatusCode}: {text}"),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false;
        }
    }

    private static ImmutableArray<string> Bodies(int alerts, int causes) =>
    [
        .. Enumerable.Range(0, alerts).Chunk(GroupSize).Select(group => new JsonObject
        {
            ["version"] = "4",
            ["alerts"] = new JsonArray([.. group.Select(a => (JsonNode)AlertOf(a, causes))]),
        }.ToJsonString()),
    ];

    // Each group speaks of many objects, and each object is in many groups: the worst that grouping can do.
    private static JsonObject AlertOf(int alert, int causes) => new()
    {
        ["status"] = "firing",
        ["labels"] = new JsonObject
        {
            ["alertname"] = $"HighErrorRate{alert / causes % Names}", ["namespace"] = "shop", ["deployment"] = NameOf(alert % causes), ["instance"] = alert.ToString(CultureInfo.InvariantCulture),
        },
        ["annotations"] = new JsonObject { ["summary"] = $"Errors of instance {alert}." },
        ["startsAt"] = "2026-11-20T12:00:00Z",
        ["fingerprint"] = FingerprintOf(alert),
    };

    private static string FingerprintOf(int alert) => Fingerprints.Hash($"storm {alert}", 16);

    private static string NameOf(int cause) => $"app-{cause}";

    private static async Task<ImmutableArray<Incident>> IncidentsAsync(KubeClient client)
    {
        ImmutableArray<Incident>.Builder incidents = ImmutableArray.CreateBuilder<Incident>();
        await foreach (Incident incident in client.ListAsync(new ResourceQuery(Incident.Type), FirstlineJson.Incident, CancellationToken.None))
        {
            incidents.Add(incident);
        }

        return incidents.ToImmutable();
    }

    private static string Manifest(int causes) => string.Join(
        "\n---\n",
        Enumerable.Range(0, causes).Select(static c =>
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME, namespace: shop}
            spec:
              replicas: 1
              selector:
                matchLabels: {app: NAME}
              template:
                metadata:
                  labels: {app: NAME}
                spec:
                  containers: [{name: app, image: "registry.example/app:1"}]
            """.Replace("NAME", NameOf(c), StringComparison.Ordinal)).Prepend("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}"));

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
