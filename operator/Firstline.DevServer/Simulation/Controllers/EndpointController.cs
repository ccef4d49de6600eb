using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Lists the pods behind each Service with a selector: one Endpoints object and one EndpointSlice.</summary>
internal sealed class EndpointController(ControllerTools tools) : IReconciler
{
    private const string ServiceLabel = "kubernetes.io/service-name";
    private const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    private const string Manager = "endpointslice-controller.k8s.io";

    public string Name => "endpoints";

    public IEnumerable<Trigger> Triggers =>
    [
        Trigger.Self(tools.Cluster.Services),
        new Trigger(tools.Cluster.Pods, pod => tools.Cluster.Services.All(pod.Namespace)
            .Where(service => LabelSelector.MatchesMap(service.Spec.At("selector"), pod.Labels))
            .Select(service => service.Key)),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.Services.Get(key) is not { IsDeleting: false } service || !service.Spec.Members("selector").Any())
        {
            return null;
        }

        ImmutableArray<KubeObject> pods = [.. tools.Cluster.Pods.All(key.Namespace)
            .Where(pod => LabelSelector.MatchesMap(service.Spec.At("selector"), pod.Labels) && PodFacts.IsActive(pod) && pod.Status.Text("podIP") is not null)
            .OrderBy(pod => pod.Name, StringComparer.Ordinal)];
        await WriteSliceAsync(service, pods, ct);
        await WriteEndpointsAsync(service, pods, ct);
        return null;
    }

    private async Task WriteSliceAsync(KubeObject service, ImmutableArray<KubeObject> pods, CancellationToken ct)
    {
        JsonObject content = new()
        {
            ["endpoints"] = new JsonArray([.. pods.Select(Endpoint)]),
            ["ports"] = Ports(service, pods),
        };
        KubeObject? slice = tools.Cluster.EndpointSlices.OwnedBy(service.Uid).FirstOrDefault(s => s.Labels.GetValueOrDefault(ManagedBy) == Manager);
        if (slice is not null)
        {
            await tools.Cluster.PatchAsync(Kinds.EndpointSlice, slice, content, ct);
            return;
        }

        content["addressType"] = "IPv4";
        content["metadata"] = new JsonObject
        {
            ["generateName"] = $"{service.Name}-",
            ["labels"] = new JsonObject { [ServiceLabel] = service.Name, [ManagedBy] = Manager },
            ["ownerReferences"] = Owner.Reference(Kinds.Service, service),
        };
        await tools.Cluster.CreateAsync(Kinds.EndpointSlice, service.Namespace, content, ct);
    }

    private async Task WriteEndpointsAsync(KubeObject service, ImmutableArray<KubeObject> pods, CancellationToken ct)
    {
        JsonArray ready = new([.. pods.Where(PodFacts.IsReady).Select(Address)]);
        JsonArray unready = new([.. pods.Where(pod => !PodFacts.IsReady(pod)).Select(Address)]);
        JsonObject subset = new() { ["ports"] = Ports(service, pods) };
        if (ready.Count > 0)
        {
            subset["addresses"] = ready;
        }

        if (unready.Count > 0)
        {
            subset["notReadyAddresses"] = unready;
        }

        JsonObject content = new() { ["subsets"] = pods.IsEmpty ? [] : new JsonArray(subset) };
        if (tools.Cluster.Endpoints.Get(service.Key) is { } endpoints)
        {
            await tools.Cluster.PatchAsync(Kinds.Endpoints, endpoints, content, ct);
            return;
        }

        content["metadata"] = new JsonObject { ["name"] = service.Name, ["ownerReferences"] = Owner.Reference(Kinds.Service, service) };
        await tools.Cluster.CreateAsync(Kinds.Endpoints, service.Namespace, content, ct);
    }

    private static JsonNode Endpoint(KubeObject pod)
    {
        bool isReady = PodFacts.IsReady(pod);
        return new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Status.Text("podIP")!),
            ["conditions"] = new JsonObject { ["ready"] = isReady, ["serving"] = isReady, ["terminating"] = false },
            ["nodeName"] = pod.Spec.Text("nodeName"),
            ["targetRef"] = Target(pod),
        };
    }

    private static JsonNode Address(KubeObject pod) => new JsonObject
    {
        ["ip"] = pod.Status.Text("podIP")!,
        ["nodeName"] = pod.Spec.Text("nodeName"),
        ["targetRef"] = Target(pod),
    };

    private static JsonObject Target(KubeObject pod) => new() { ["kind"] = "Pod", ["name"] = pod.Name, ["namespace"] = pod.Namespace, ["uid"] = pod.Uid };

    private static JsonArray Ports(KubeObject service, ImmutableArray<KubeObject> pods)
    {
        JsonArray ports = [];
        foreach (JsonElement port in service.Spec.Items("ports"))
        {
            if (Number(port.At("targetPort"), pods) is { } number)
            {
                JsonObject written = new() { ["port"] = number, ["protocol"] = port.Text("protocol") ?? "TCP" };
                if (port.Text("name") is { } name)
                {
                    written["name"] = name;
                }

                ports.Add((JsonNode)written);
            }
        }

        return ports;
    }

    /// <summary>A target port by number, or by the name of a container's port.</summary>
    private static int? Number(JsonElement target, ImmutableArray<KubeObject> pods) => target.ValueKind == JsonValueKind.Number
        ? target.GetInt32()
        : pods.SelectMany(pod => pod.Spec.Items("containers"))
            .SelectMany(container => container.Items("ports"))
            .Where(port => port.Text("name") == target.GetString())
            .Select(port => port.OptionalNumber("containerPort"))
            .FirstOrDefault();
}
