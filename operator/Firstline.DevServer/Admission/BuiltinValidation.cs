using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>The rules of built-in kinds that operators and their users meet. A real API server has more of them.</summary>
internal static class BuiltinValidation
{
    private static readonly FrozenDictionary<string, Action<JsonObject, FieldErrors>> Rules = new Dictionary<string, Action<JsonObject, FieldErrors>>
    {
        ["Pod"] = (o, e) => PodValidation.CheckSpec(o.Fields("spec"), "spec", e),
        ["Deployment"] = WorkloadValidation.Check,
        ["ReplicaSet"] = WorkloadValidation.Check,
        ["StatefulSet"] = WorkloadValidation.Check,
        ["DaemonSet"] = WorkloadValidation.Check,
        ["Job"] = WorkloadValidation.CheckJob,
        ["CronJob"] = WorkloadValidation.CheckCronJob,
        ["Service"] = Service,
        ["ConfigMap"] = (o, e) => DataKeys(o, e, "data", "binaryData"),
        ["Secret"] = (o, e) => DataKeys(o, e, "data"),
        ["PodDisruptionBudget"] = PodDisruptionBudget,
        ["HorizontalPodAutoscaler"] = HorizontalPodAutoscaler,
        ["RoleBinding"] = (o, e) => RoleRef(o, e, "ClusterRole", "Role"),
        ["ClusterRoleBinding"] = (o, e) => RoleRef(o, e, "ClusterRole"),
        ["CustomResourceDefinition"] = CrdValidation.Check,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Action<JsonObject, JsonObject, FieldErrors>> UpdateRules =
        new Dictionary<string, Action<JsonObject, JsonObject, FieldErrors>>
        {
            ["Pod"] = PodValidation.CheckUpdate,
            ["Deployment"] = WorkloadValidation.CheckSelectorUpdate,
            ["ReplicaSet"] = WorkloadValidation.CheckSelectorUpdate,
            ["DaemonSet"] = WorkloadValidation.CheckSelectorUpdate,
            ["StatefulSet"] = WorkloadValidation.CheckStatefulSetUpdate,
            ["Job"] = WorkloadValidation.CheckJobUpdate,
            ["ConfigMap"] = ImmutableData,
            ["Secret"] = SecretUpdate,
            ["RoleBinding"] = RoleRefUpdate,
            ["ClusterRoleBinding"] = RoleRefUpdate,
            ["CustomResourceDefinition"] = CrdValidation.CheckUpdate,
        }.ToFrozenDictionary();

    /// <summary>Checks a new or changed object by itself.</summary>
    public static void Check(KindDefinition kind, JsonObject value, FieldErrors errors)
    {
        if (Rules.TryGetValue(kind.Kind, out Action<JsonObject, FieldErrors>? check))
        {
            check(value, errors);
        }

        if (kind.Schema.Properties.GetValueOrDefault("spec") is { } spec)
        {
            BuiltinFieldRules.Check(spec, value["spec"], "spec", errors);
        }
    }

    /// <summary>Checks what may not change.</summary>
    public static void CheckUpdate(KindDefinition kind, JsonObject before, JsonObject after, FieldErrors errors)
    {
        if (UpdateRules.TryGetValue(kind.Kind, out Action<JsonObject, JsonObject, FieldErrors>? check))
        {
            check(before, after, errors);
        }
    }

    private static void Service(JsonObject service, FieldErrors errors)
    {
        JsonObject? spec = service.Fields("spec");
        if (spec.List("ports").Count == 0 && spec.Text("clusterIP") != "None" && spec.Text("type") != "ExternalName")
        {
            errors.Required("spec.ports");
        }

        MetadataValidation.CheckLabels(spec.Fields("selector"), "spec.selector", errors);
        int index = 0;
        bool several = spec.List("ports").Count > 1;
        foreach (JsonObject port in spec.Objects("ports"))
        {
            string at = FieldPath.Index("spec.ports", index++);
            if (port.Integer("port") is not (>= 1 and <= 65535))
            {
                errors.Invalid($"{at}.port", port["port"] ?? 0, "must be between 1 and 65535, inclusive");
            }

            if (several && string.IsNullOrEmpty(port.Text("name")))
            {
                errors.Required($"{at}.name");
            }
        }
    }

    private static void DataKeys(JsonObject value, FieldErrors errors, params ReadOnlySpan<string> sections)
    {
        foreach (string section in sections)
        {
            foreach ((string key, _) in value.Fields(section) ?? [])
            {
                if (key.Length == 0 || !ScalarRules.Matches(key, "^[-._a-zA-Z0-9]+$"))
                {
                    errors.Invalid(FieldPath.Key(section, key), JsonValue.Create(key), "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
                        + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
                }
            }
        }
    }

    private static void PodDisruptionBudget(JsonObject budget, FieldErrors errors)
    {
        JsonObject? spec = budget.Fields("spec");
        if (spec.At("minAvailable") is not null && spec.At("maxUnavailable") is not null)
        {
            errors.Invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }

        WorkloadValidation.CheckNotNegative(spec, "spec", errors, "minAvailable", "maxUnavailable");
    }

    private static void HorizontalPodAutoscaler(JsonObject autoscaler, FieldErrors errors)
    {
        JsonObject? spec = autoscaler.Fields("spec");
        if (spec.Integer("maxReplicas") is not >= 1)
        {
            errors.Invalid("spec.maxReplicas", spec.At("maxReplicas") ?? 0, "must be greater than 0");
        }
        else if (spec.Integer("minReplicas") > spec.Integer("maxReplicas"))
        {
            errors.Invalid("spec.maxReplicas", spec.At("maxReplicas"), "must be greater than or equal to `minReplicas`");
        }
    }

    private static void RoleRef(JsonObject binding, FieldErrors errors, params ReadOnlySpan<string> kinds)
    {
        if (!kinds.Contains(binding.Text("roleRef", "kind")))
        {
            errors.NotSupported("roleRef.kind", binding.At("roleRef", "kind") ?? "", kinds);
        }

        if (string.IsNullOrEmpty(binding.Text("roleRef", "name")))
        {
            errors.Required("roleRef.name");
        }
    }

    private static void RoleRefUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        if (!JsonNode.DeepEquals(before["roleRef"], after["roleRef"]))
        {
            errors.Invalid("roleRef", after["roleRef"], "cannot change roleRef");
        }
    }

    private static void SecretUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        if (before.Text("type") != after.Text("type"))
        {
            errors.Immutable("type", after["type"]);
        }

        ImmutableData(before, after, errors);
    }

    // No values here: a Secret's would end up in the message.
    private static void ImmutableData(JsonObject before, JsonObject after, FieldErrors errors)
    {
        if (!before.Flag("immutable"))
        {
            return;
        }

        foreach (string name in (ReadOnlySpan<string>)["immutable", "data", "binaryData"])
        {
            if (!JsonNode.DeepEquals(before[name], after[name]))
            {
                errors.Forbidden(name, "field is immutable when `immutable` is set");
            }
        }
    }
}
