using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>The defaults of built-in kinds that a cluster fills in on every write, and that operators and tools rely on.</summary>
internal static class BuiltinDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private static readonly FrozenDictionary<string, Action<JsonObject>> ByKind = new Dictionary<string, Action<JsonObject>>
    {
        ["Pod"] = o => PodDefaults.ApplyToSpec(o.Section("spec")),
        ["Deployment"] = o => Deployment(o.Section("spec")),
        ["ReplicaSet"] = o => ReplicaSet(o.Section("spec")),
        ["StatefulSet"] = o => StatefulSet(o.Section("spec")),
        ["DaemonSet"] = o => DaemonSet(o.Section("spec")),
        ["Job"] = o => Job(o.Section("spec")),
        ["CronJob"] = o => CronJob(o.Section("spec")),
        ["Service"] = o => Service(o.Section("spec")),
        ["Secret"] = Secret,
        ["HorizontalPodAutoscaler"] = o => o.Section("spec").Default("minReplicas", 1),
        ["PersistentVolumeClaim"] = o => o.Section("spec").Default("volumeMode", "Filesystem"),
        ["PersistentVolume"] = o => PersistentVolume(o.Section("spec")),
        ["NetworkPolicy"] = o => NetworkPolicy(o.Section("spec")),
        ["PriorityClass"] = o => o.Default("preemptionPolicy", "PreemptLowerPriority"),
        ["StorageClass"] = StorageClass,
        ["RoleBinding"] = Binding,
        ["ClusterRoleBinding"] = Binding,
        ["ValidatingAdmissionPolicy"] = o => AdmissionPolicy(o.Section("spec")),
        ["MutatingAdmissionPolicy"] = o => AdmissionPolicy(o.Section("spec")),
        ["ValidatingAdmissionPolicyBinding"] = o => MatchResources(o.Fields("spec", "matchResources")),
        ["MutatingAdmissionPolicyBinding"] = o => MatchResources(o.Fields("spec", "matchResources")),
        ["ValidatingWebhookConfiguration"] = Webhooks,
        ["MutatingWebhookConfiguration"] = Webhooks,
        ["CustomResourceDefinition"] = o => CustomResourceDefinition(o.Section("spec")),
    }.ToFrozenDictionary();

    public static void Apply(KindDefinition kind, JsonObject value)
    {
        SchemaDefaulter.Apply(kind.Schema, value);
        if (ByKind.TryGetValue(kind.Kind, out Action<JsonObject>? apply))
        {
            apply(value);
        }
    }

    private static void Deployment(JsonObject spec)
    {
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        JsonObject strategy = spec.Section("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            JsonObject rolling = strategy.Section("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }

        PodDefaults.ApplyToTemplate(spec);
    }

    private static void ReplicaSet(JsonObject spec)
    {
        spec.Default("replicas", 1);
        PodDefaults.ApplyToTemplate(spec);
    }

    private static void StatefulSet(JsonObject spec)
    {
        spec.Default("replicas", 1);
        spec.Default("revisionHistoryLimit", 10);
        spec.Default("podManagementPolicy", "OrderedReady");
        JsonObject strategy = spec.Section("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Section("rollingUpdate").Default("partition", 0);
        }

        JsonObject retention = spec.Section("persistentVolumeClaimRetentionPolicy");
        retention.Default("whenDeleted", "Retain");
        retention.Default("whenScaled", "Retain");
        foreach (JsonObject claim in spec.Objects("volumeClaimTemplates"))
        {
            claim.Default("apiVersion", "v1");
            claim.Default("kind", "PersistentVolumeClaim");
            claim.Section("spec").Default("volumeMode", "Filesystem");
            claim.Section("status").Default("phase", "Pending");
        }

        PodDefaults.ApplyToTemplate(spec);
    }

    private static void DaemonSet(JsonObject spec)
    {
        spec.Default("revisionHistoryLimit", 10);
        JsonObject strategy = spec.Section("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            JsonObject rolling = strategy.Section("rollingUpdate");
            rolling.Default("maxUnavailable", 1);
            rolling.Default("maxSurge", 0);
        }

        PodDefaults.ApplyToTemplate(spec);
    }

    private static void Job(JsonObject spec)
    {
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec.Default("completions", 1);
        }

        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", 6);
        spec.Default("completionMode", "NonIndexed");
        spec["suspend"] ??= false;
        spec.Default("podReplacementPolicy", "TerminatingOrFailed");
        PodDefaults.ApplyToTemplate(spec);
    }

    private static void CronJob(JsonObject spec)
    {
        spec.Default("concurrencyPolicy", "Allow");
        spec["suspend"] ??= false;
        spec.Default("successfulJobsHistoryLimit", 3);
        spec.Default("failedJobsHistoryLimit", 1);
        PodDefaults.ApplyToTemplate(spec.Section("jobTemplate").Section("spec"));
    }

    private static void Service(JsonObject spec)
    {
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        if (spec.Text("type") == "ExternalName")
        {
            return;
        }

        spec.Default("internalTrafficPolicy", "Cluster");
        if (spec.Text("type") is "NodePort" or "LoadBalancer")
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }

        foreach (JsonObject port in spec.Objects("ports"))
        {
            port.Default("protocol", "TCP");
            port["targetPort"] ??= port["port"]?.DeepClone();
        }
    }

    private static void Secret(JsonObject secret)
    {
        secret.Default("type", "Opaque");
        foreach ((string key, JsonNode? text) in secret.Fields("stringData") ?? [])
        {
            secret.Section("data")[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text.Text() ?? ""));
        }

        secret.Remove("stringData");
    }

    private static void PersistentVolume(JsonObject spec)
    {
        spec.Default("volumeMode", "Filesystem");
        spec.Default("persistentVolumeReclaimPolicy", "Retain");
    }

    private static void NetworkPolicy(JsonObject spec)
    {
        if (spec.List("policyTypes").Count == 0)
        {
            spec["policyTypes"] = spec.List("egress").Count > 0 ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress");
        }
    }

    private static void StorageClass(JsonObject storage)
    {
        storage.Default("reclaimPolicy", "Delete");
        storage.Default("volumeBindingMode", "Immediate");
    }

    private static void Binding(JsonObject binding)
    {
        binding.Fields("roleRef")?.Default("apiGroup", RbacGroup);
        foreach (JsonObject subject in binding.Objects("subjects").Where(s => s.Text("kind") != "ServiceAccount"))
        {
            subject.Default("apiGroup", RbacGroup);
        }
    }

    private static void AdmissionPolicy(JsonObject spec)
    {
        spec.Default("failurePolicy", "Fail");
        MatchResources(spec.Fields("matchConstraints"));
    }

    private static void MatchResources(JsonObject? match)
    {
        if (match is null)
        {
            return;
        }

        match.Default("matchPolicy", "Equivalent");
        match.Section("namespaceSelector");
        match.Section("objectSelector");
        foreach (JsonObject rule in match.Objects("resourceRules").Concat(match.Objects("excludeResourceRules")))
        {
            rule.Default("scope", "*");
        }
    }

    private static void Webhooks(JsonObject configuration)
    {
        foreach (JsonObject webhook in configuration.Objects("webhooks"))
        {
            webhook.Default("failurePolicy", "Fail");
            webhook.Default("matchPolicy", "Equivalent");
            webhook.Section("namespaceSelector");
            webhook.Section("objectSelector");
            webhook.Default("timeoutSeconds", 10);
            if (configuration.Text("kind") == "MutatingWebhookConfiguration")
            {
                webhook.Default("reinvocationPolicy", "Never");
            }

            foreach (JsonObject rule in webhook.Objects("rules"))
            {
                rule.Default("scope", "*");
            }
        }
    }

    private static void CustomResourceDefinition(JsonObject spec)
    {
        JsonObject names = spec.Section("names");
        string kind = names.Text("kind") ?? "";
        names.Default("singular", kind.ToLowerInvariant());
        names.Default("listKind", $"{kind}List");
        spec.Section("conversion").Default("strategy", "None");
    }
}
