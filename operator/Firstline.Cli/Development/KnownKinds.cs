using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Cli.Development;

/// <summary>Kinds of the objects that the development environment sets up, and where they are served.</summary>
internal static class KnownKinds
{
    private static readonly ImmutableArray<ResourceType> All =
    [
        Incident.Type, Runbook.Type, RemediationRequest.Type, RemediationPolicy.Type,
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", ResourceScope.Cluster),
        new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster),
        new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced),
        new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced),
        new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced),
        new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced),
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", ResourceScope.Namespaced),
    ];

    /// <summary>Where an object is served.</summary>
    public static ResourceType Of(JsonObject o) =>
        All.Single(t => t.Kind == o["kind"]!.ToString() && t.ApiVersion == o["apiVersion"]!.ToString());
}
