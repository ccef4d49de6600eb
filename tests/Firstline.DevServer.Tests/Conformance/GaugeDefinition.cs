using Firstline.Testing;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>The kind of the tables: one field of each sort that a schema can describe.</summary>
internal static class GaugeDefinition
{
    public const string Name = "gauges.conformance.firstline.dev";

    private const string Schema = """
        {"type":"object","description":"A thing to play with.","required":["spec"],"properties":{
          "spec":{"type":"object","required":["level"],"properties":{
            "level":{"type":"string","enum":["L1","L2","L3"],"description":"How hard it is to play."},
            "replicas":{"type":"integer","format":"int32","default":2,"minimum":0,"maximum":100},
            "text":{"type":"string","maxLength":10,"pattern":"^[a-z]*$"},
            "share":{"type":"number"},
            "port":{"x-kubernetes-int-or-string":true},
            "due":{"type":"string","format":"date-time"},
            "note":{"type":"string","nullable":true},
            "atoms":{"type":"array","items":{"type":"string"}},
            "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
            "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],
              "properties":{"name":{"type":"string"},"size":{"type":"integer","default":1},"colour":{"type":"string"}}}},
            "labels":{"type":"object","additionalProperties":{"type":"string"}},
            "block":{"type":"object","x-kubernetes-map-type":"atomic","properties":{"a":{"type":"string"},"b":{"type":"string"}}},
            "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
            "nested":{"type":"object","properties":{"deep":{"type":"string","default":"down"}}},
            "low":{"type":"integer"},"high":{"type":"integer"}},
           "x-kubernetes-validations":[{"rule":"!has(self.low) || !has(self.high) || self.low <= self.high","message":"low must not be above high"}]},
          "status":{"type":"object","properties":{
            "replicas":{"type":"integer"},"selector":{"type":"string"},"phase":{"type":"string"},
            "conditions":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["type"],"items":{"type":"object","required":["type"],
              "properties":{"type":{"type":"string"},"status":{"type":"string"},"reason":{"type":"string"},"message":{"type":"string"}}}}}}}}
        """;

    // Schemas that are the same in all versions are taken for one of the whole definition, and then no version may select fields.
    private static readonly string OldSchema = Schema.Replace("A thing to play with.", "A thing to have played with.", StringComparison.Ordinal);

    /// <summary>The CustomResourceDefinition.</summary>
    public static string Json => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{Name}}}","labels":{{{TestRun.Labels}}}},
         "spec":{"group":"conformance.firstline.dev","scope":"Namespaced",
          "names":{"plural":"gauges","singular":"gauge","kind":"Gauge","listKind":"GaugeList","shortNames":["ggs"],"categories":["conformance"]},
          "versions":[
           {"name":"v1","served":true,"storage":true,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}},
            "selectableFields":[{"jsonPath":".spec.level"}],
            "additionalPrinterColumns":[
             {"name":"Level","type":"string","jsonPath":".spec.level","description":"How hard it is to play."},
             {"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"},
             {"name":"Replicas","type":"integer","format":"int32","jsonPath":".spec.replicas","priority":1},
             {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}],
            "schema":{"openAPIV3Schema":{{{Schema}}}}},
           {"name":"v1beta1","served":true,"storage":false,"deprecated":true,"deprecationWarning":"gauges of v1beta1 are going away; use v1","schema":{"openAPIV3Schema":{{{OldSchema}}}}}]}}
        """;
}
