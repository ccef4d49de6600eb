using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Firstline.Core.Facts;

/// <summary>What a container declares.</summary>
public sealed record ContainerDeclaration
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary><c>image</c>; empty when not set.</summary>
    public string Image { get; init; } = "";

    /// <summary>True for an init container.</summary>
    public bool IsInit { get; init; }

    /// <summary><c>command</c> and <c>args</c>, in this order.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Variables with a value written out.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>ConfigMaps and Secrets that variables are taken from.</summary>
    public ImmutableArray<ConfigReference> References { get; init; } = [];

    /// <summary><c>ports[].containerPort</c>.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary><c>ports[].name</c>.</summary>
    public ImmutableArray<string> PortNames { get; init; } = [];

    /// <summary><c>ports[].hostPort</c>.</summary>
    public ImmutableArray<int> HostPorts { get; init; } = [];

    /// <summary><c>resources.limits.memory</c>; null without.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary><c>resources.requests</c> as <c>cpu=1, memory=2Gi</c>; empty without.</summary>
    public string Requests { get; init; } = "";

    /// <summary><c>livenessProbe</c> as JSON text; null without.</summary>
    public string? Liveness { get; init; }

    /// <summary>Number or name of the port that the liveness probe asks; null when it asks none.</summary>
    public string? LivenessPort { get; init; }

    /// <summary><c>livenessProbe.timeoutSeconds</c>; 1 s when it is not set.</summary>
    public TimeSpan LivenessTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>readinessProbe</c> as JSON text; null without.</summary>
    public string? Readiness { get; init; }

    /// <summary>True with a <c>startupProbe</c>.</summary>
    public bool HasStartupProbe { get; init; }

    /// <summary>True when it declares the port, by number or name.</summary>
    public bool Declares(string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Ports.Contains(number) : PortNames.Contains(port);

    internal static ContainerDeclaration Of(JsonElement c, bool isInit)
    {
        ImmutableArray<JsonElement> env = PodDeclaration.List(c, "env"), ports = PodDeclaration.List(c, "ports");
        JsonElement liveness = PodDeclaration.Member(c, "livenessProbe");
        JsonElement resources = PodDeclaration.Member(c, "resources"), requests = PodDeclaration.Member(resources, "requests");
        return new()
        {
            Name = PodDeclaration.Text(c, "name") ?? "",
            Image = PodDeclaration.Text(c, "image") ?? "",
            IsInit = isInit,
            Command = [.. PodDeclaration.List(c, "command").Concat(PodDeclaration.List(c, "args")).Select(static a => a.ToString())],
            Variables = [.. from e in env let value = PodDeclaration.Text(e, "value") where value is not null select KeyValuePair.Create(PodDeclaration.Text(e, "name") ?? "", value)],
            References =
            [
                .. env.SelectMany(static e => Reference(PodDeclaration.Member(e, "valueFrom"), "configMapKeyRef", "secretKeyRef")),
                .. PodDeclaration.List(c, "envFrom").SelectMany(static e => Reference(e, "configMapRef", "secretRef")),
            ],
            Ports = Numbers(ports, "containerPort"),
            PortNames = [.. ports.Select(static p => PodDeclaration.Text(p, "name")).OfType<string>()],
            HostPorts = Numbers(ports, "hostPort"),
            MemoryLimit = PodDeclaration.Text(PodDeclaration.Member(resources, "limits"), "memory"),
            Requests = requests.ValueKind == JsonValueKind.Object ? string.Join(", ", requests.EnumerateObject().Select(static r => $"{r.Name}={r.Value}")) : "",
            Liveness = Raw(c, "livenessProbe"),
            LivenessPort = ((string[])["httpGet", "tcpSocket", "grpc"]).Select(how => PodDeclaration.Text(PodDeclaration.Member(liveness, how), "port")).FirstOrDefault(static p => p is not null),
            LivenessTimeout = PodDeclaration.Member(liveness, "timeoutSeconds") is { ValueKind: JsonValueKind.Number } s ? TimeSpan.FromSeconds(s.GetDouble()) : TimeSpan.FromSeconds(1),
            Readiness = Raw(c, "readinessProbe"),
            HasStartupProbe = Raw(c, "startupProbe") is not null,
        };
    }

    private static IEnumerable<ConfigReference> Reference(JsonElement from, string configMap, string secret)
    {
        foreach ((string kind, JsonElement reference) in new[] { ("ConfigMap", PodDeclaration.Member(from, configMap)), ("Secret", PodDeclaration.Member(from, secret)) })
        {
            if (PodDeclaration.Text(reference, "name") is { } name)
            {
                yield return new(kind, name, PodDeclaration.Text(reference, "key"));
            }
        }
    }

    private static ImmutableArray<int> Numbers(ImmutableArray<JsonElement> ports, string field) =>
        [.. ports.Select(p => PodDeclaration.Member(p, field)).Where(static p => p.ValueKind == JsonValueKind.Number).Select(static p => p.GetInt32())];

    private static string? Raw(JsonElement c, string name) => PodDeclaration.Member(c, name) is { ValueKind: JsonValueKind.Object } probe ? probe.GetRawText() : null;
}
