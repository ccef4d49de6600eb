using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Rules for CustomResourceDefinitions: names, versions and structural schemas.</summary>
internal static class CrdValidation
{
    public static void Check(JsonObject crd, FieldErrors errors)
    {
        JsonObject? spec = crd.Fields("spec");
        CheckNames(crd, spec, errors);
        JsonObject[] versions = [.. spec.Objects("versions")];
        if (versions.Count(v => v.Flag("storage")) != 1)
        {
            errors.Invalid("spec.versions", spec.At("versions"), "must have exactly one version marked as storage version");
        }

        if (spec.Text("conversion", "strategy") == "Webhook")
        {
            errors.NotSupported("spec.conversion.strategy", spec.At("conversion", "strategy"), "None"); // no webhooks are called here
        }

        for (int i = 0; i < versions.Length; i++)
        {
            string at = versions.Length == 1 ? "spec.validation.openAPIV3Schema" : $"{FieldPath.Index("spec.versions", i)}.schema.openAPIV3Schema";
            if (versions[i].Fields("schema", "openAPIV3Schema") is { } schema)
            {
                StructuralRules.CheckRoot(schema, at, errors);
            }
            else
            {
                errors.Required(versions.Length == 1 ? "spec.versions[0].schema.openAPIV3Schema" : at);
            }
        }
    }

    /// <summary>An established definition keeps its group, scope and plural.</summary>
    public static void CheckUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        foreach (string[] path in (ReadOnlySpan<string[]>)[["spec", "group"], ["spec", "scope"], ["spec", "names", "kind"], ["spec", "names", "plural"]])
        {
            if (CrdAcceptance.IsEstablished(before) && before.Text(path) != after.Text(path))
            {
                errors.Immutable(string.Join('.', path), after.At(path));
            }
        }
    }

    /// <summary>True when the text compiles as a pattern here and on a real server, which knows neither look-around nor back references.</summary>
    public static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static void CheckNames(JsonObject crd, JsonObject? spec, FieldErrors errors)
    {
        string name = crd.Text("metadata", "name") ?? "";
        if (name != $"{spec.Text("names", "plural")}.{spec.Text("group")}")
        {
            errors.Invalid("metadata.name", JsonValue.Create(name), "must be spec.names.plural+\".\"+spec.group");
        }

        foreach (string[] path in (ReadOnlySpan<string[]>)[["spec", "group"], ["spec", "names", "plural"], ["spec", "names", "kind"]])
        {
            if (string.IsNullOrEmpty(crd.Text(path)))
            {
                errors.Required(string.Join('.', path));
            }
        }

        if (spec.Text("scope") is not ("Namespaced" or "Cluster"))
        {
            errors.NotSupported("spec.scope", spec.At("scope") ?? "", "Cluster", "Namespaced");
        }
    }
}
