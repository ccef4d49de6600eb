using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class NetworkColumns
{
    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["Service"] =
        [
            Column.Text("Type", o => o.Text("spec", "type")),
            Column.Text("Cluster-IP", o => Cells.OrNone(o.Text("spec", "clusterIP"))),
            Column.Text("External-IP", ExternalAddress),
            Column.Text("Port(s)", o => Cells.Join(o.Objects("spec", "ports").Select(Port))),
            Column.Age,
            Column.Wide("Selector", o => LabelSelection.Format(new JsonObject { ["matchLabels"] = o.At("spec", "selector")?.DeepClone() })),
        ],
        ["Endpoints"] = [Column.Text("Endpoints", EndpointAddresses), Column.Age],
        ["EndpointSlice"] =
        [
            Column.Text("AddressType", o => o.Text("addressType")),
            Column.Text("Ports", o => Unset(o.Objects("ports").Select(p => p.At("port").Scalar() ?? "*"))),
            Column.Text("Endpoints", o => Unset(o.Objects("endpoints").SelectMany(e => e.Strings("addresses")))),
            Column.Age,
        ],
        ["NetworkPolicy"] = [Column.Text("Pod-Selector", o => LabelSelection.Format(o.Fields("spec", "podSelector"))), Column.Age],
        ["Ingress"] =
        [
            Column.Text("Class", o => Cells.OrNone(o.Text("spec", "ingressClassName"))),
            Column.Text("Hosts", o => o.Objects("spec", "rules").Select(r => r.Text("host") ?? "*").ToArray() is { Length: > 0 } hosts ? string.Join(',', hosts) : "*"),
            Column.Text("Address", o => string.Join(',', o.Objects("status", "loadBalancer", "ingress").Select(Address))),
            Column.Text("Ports", o => o.List("spec", "tls").Count > 0 ? "80, 443" : "80"),
            Column.Age,
        ],
        ["IngressClass"] =
        [
            Column.Text("Controller", o => o.Text("spec", "controller")),
            Column.Text("Parameters", o => o.Fields("spec", "parameters") is { } p ? $"{p.Text("kind")}.{p.Text("apiGroup")}/{p.Text("name")}" : Cells.None),
            Column.Age,
        ],
    };

    private static string Address(JsonObject ingress) => ingress.Text("ip") ?? ingress.Text("hostname") ?? "";

    private static string ExternalAddress(JsonObject service)
    {
        string fixedAddresses = string.Join(',', service.Strings("spec", "externalIPs"));
        string balanced = string.Join(',', service.Objects("status", "loadBalancer", "ingress").Select(Address));
        return service.Text("spec", "type") switch
        {
            "ExternalName" => service.Text("spec", "externalName") ?? "",
            "LoadBalancer" when balanced.Length + fixedAddresses.Length == 0 => "<pending>",
            "LoadBalancer" => string.Join(',', new[] { balanced, fixedAddresses }.Where(a => a.Length > 0)),
            _ => Cells.OrNone(fixedAddresses),
        };
    }

    private static string Port(JsonObject port)
    {
        string node = port.Integer("nodePort") is { } number and not 0 ? $":{number}" : "";
        return $"{port.Integer("port")}{node}/{port.Text("protocol")}";
    }

    private static string EndpointAddresses(JsonObject endpoints)
    {
        string[] all =
        [
            .. from subset in endpoints.Objects("subsets")
               from port in subset.Objects("ports").Select(p => $":{p.Integer("port")}").DefaultIfEmpty("")
               from address in subset.Objects("addresses")
               select address.Text("ip") + port,
        ];
        return Cells.Join(all.Take(3)) + (all.Length > 3 ? $" + {all.Length - 3} more..." : "");
    }

    private static string Unset(IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        return all.Length == 0 ? Cells.Unset : string.Join(',', all.Take(3)) + (all.Length > 3 ? $" + {all.Length - 3} more..." : "");
    }
}
