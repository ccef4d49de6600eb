using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>The tools of a model. None of them writes, and there is no other way from a model to the cluster.</summary>
internal static class ModelToolCatalogue
{
    public const string Get = "get";
    public const string List = "list";
    public const string Logs = "logs";
    public const string Events = "events";
    public const string Query = "query";
    public const string Past = "past_incidents";

    private const string Object =
        """{"type":"object","additionalProperties":false,"required":["kind","name"],"properties":{"kind":{"type":"string"},"name":{"type":"string"}}}""";

    private static readonly string Kind =
        $$$$"""{"type":"object","additionalProperties":false,"required":["kind"],"properties":{"kind":{"type":"string","enum":[{{{{string.Join(',', LookUp.Kinds.Select(static k => $"\"{k}\""))}}}}]}}}""";

    private const string Container =
        """{"type":"object","additionalProperties":false,"required":["pod","container","previous"],"properties":{"pod":{"type":"string"},"container":{"type":"string"},"previous":{"type":"boolean"}}}""";

    /// <summary>Where no Prometheus is configured.</summary>
    public static readonly ImmutableArray<ModelTool> WithoutMetrics =
    [
        new(Get, "State of one object in the incident's namespace, or of a node that its pods run on, and what is telling of it: failing containers, conditions, recent changes.", Object),
        new(List, "Objects of one kind around the incident's target, each with its state in a line. Pods, ConfigMaps, Jobs, Revisions and Nodes are those of the target.", Kind),
        new(Logs, "Telling lines of the end of a container's log, alike ones as one with their number; previous is the run before the last restart.", Container),
        new(Events, "Kubernetes Events about one object, the newest first.", Object),
        new(Past, "What was found and what helped in earlier incidents of one object.", Object),
    ];

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<ModelTool> All =
        [.. WithoutMetrics, new(Query, "How the requests of one workload fare by Prometheus: error ratio now and before, and latency.", Object)];
}
