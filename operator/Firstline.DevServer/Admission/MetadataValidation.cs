using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Rules for the metadata of every object.</summary>
internal static partial class MetadataValidation
{
    private const string Qualified = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValue = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string Subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with "
        + "an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Label1123 = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Label1035 = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
        + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const int MaxAnnotationBytes = 256 * 1024;

    public static void Check(KindDefinition kind, JsonObject value, FieldErrors errors)
    {
        CheckName(kind, value, errors);
        CheckLabels(value.Fields("metadata", "labels"), "metadata.labels", errors);
        CheckAnnotations(value.Fields("metadata", "annotations"), "metadata.annotations", errors);
        CheckOwners(value, errors);
        foreach (string finalizer in value.Strings("metadata", "finalizers"))
        {
            CheckQualifiedName(finalizer, "metadata.finalizers", errors);
        }
    }

    /// <summary>What the server sets once cannot be changed.</summary>
    public static void CheckUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        foreach (string name in (ReadOnlySpan<string>)["name", "namespace", "uid", "creationTimestamp"])
        {
            JsonNode? now = after.At("metadata", name);
            if (!JsonNode.DeepEquals(now, before.At("metadata", name)))
            {
                errors.Immutable($"metadata.{name}", now);
            }
        }
    }

    /// <summary>The sentence for a name that is no RFC 1123 label; null for one that is.</summary>
    public static string? DnsLabelError(string name) => Label1123Form().IsMatch(name) && name.Length <= 63 ? null : Label1123;

    /// <summary>Checks keys and values of labels, wherever they stand.</summary>
    public static void CheckLabels(JsonObject? labels, string path, FieldErrors errors)
    {
        foreach ((string key, JsonNode? value) in labels ?? [])
        {
            CheckQualifiedName(key, path, errors);
            string text = value.Text() ?? "";
            if (text.Length > 63)
            {
                errors.Invalid(path, value, "must be no more than 63 bytes");
            }
            else if (text.Length > 0 && !QualifiedForm().IsMatch(text))
            {
                errors.Invalid(path, value, LabelValue);
            }
        }
    }

    private static void CheckAnnotations(JsonObject? annotations, string path, FieldErrors errors)
    {
        int bytes = 0;
        foreach ((string key, JsonNode? value) in annotations ?? [])
        {
            string lower = key.ToLowerInvariant(); // the server is lenient about the case of annotation prefixes
            CheckQualifiedName(KeyProblems(lower, "").Any() ? key : lower, path, errors);
            bytes += key.Length + System.Text.Encoding.UTF8.GetByteCount(value.Text() ?? "");
        }

        if (bytes > MaxAnnotationBytes)
        {
            errors.TooLong(path, MaxAnnotationBytes);
        }
    }

    private static void CheckQualifiedName(string key, string path, FieldErrors errors)
    {
        foreach (string problem in KeyProblems(key, path is "metadata.labels" or "<nil>" ? "label key" : "qualified name"))
        {
            errors.Invalid(path, JsonValue.Create(key), problem);
        }
    }

    private static IEnumerable<string> KeyProblems(string key, string what)
    {
        string[] parts = key.Split('/');
        if (parts.Length > 2)
        {
            return [$"a valid {what} {Qualified} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        return (parts.Length == 2 ? PrefixProblems(parts[0]) : []).Concat(NameProblems(parts[^1]));
    }

    private static IEnumerable<string> PrefixProblems(string prefix) =>
        prefix.Length == 0 ? ["prefix part must be non-empty"]
        : SubdomainForm().IsMatch(prefix) ? []
        : [$"prefix part {Subdomain}"];

    private static IEnumerable<string> NameProblems(string name)
    {
        if (name.Length == 0)
        {
            yield return "name part must be non-empty";
        }
        else if (name.Length > 63)
        {
            yield return "name part must be no more than 63 bytes";
        }

        if (!QualifiedForm().IsMatch(name))
        {
            yield return $"name part {Qualified}";
        }
    }

    private static void CheckName(KindDefinition kind, JsonObject value, FieldErrors errors)
    {
        if (value.Text("metadata", "generateName") is { Length: > 0 } prefix && NameError(kind, prefix[^1] == '-' ? $"{prefix[..^1]}a" : prefix) is { } unfit)
        {
            errors.Invalid("metadata.generateName", JsonValue.Create(prefix), unfit);
        }

        string? name = value.Text("metadata", "name");
        if (string.IsNullOrEmpty(name))
        {
            errors.Required("metadata.name", "name or generateName is required");
        }
        else if (NameError(kind, name) is { } problem)
        {
            errors.Invalid("metadata.name", JsonValue.Create(name), problem);
        }
    }

    private static string? NameError(KindDefinition kind, string name) => (kind.Group, kind.Kind) switch
    {
        ("rbac.authorization.k8s.io", _) => name is "." or ".." || name.Contains('/') || name.Contains('%') ? PathSegmentError(name) : null,
        ("", "Service") => name.Length <= 63 && Label1035Form().IsMatch(name) ? null : Label1035,
        ("", "Namespace") => DnsLabelError(name),
        _ when name.Length > 253 => "must be no more than 253 bytes",
        _ => SubdomainForm().IsMatch(name) ? null : Subdomain,
    };

    private static string PathSegmentError(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ => name.Contains('/') ? "may not contain '/'" : "may not contain '%'",
    };

    private static void CheckOwners(JsonObject value, FieldErrors errors)
    {
        const string path = "metadata.ownerReferences";
        foreach (JsonObject owner in value.Objects("metadata", "ownerReferences"))
        {
            foreach (string name in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owner.Text(name)))
                {
                    errors.Invalid($"{path}.{name}", JsonValue.Create(""), name == "apiVersion" ? "version must not be empty" : "must not be empty");
                }
            }
        }

        string[] controllers = [.. value.Objects("metadata", "ownerReferences").Where(o => o.Flag("controller")).Select(o => $"{o.Text("kind")}/{o.Text("name")}")];
        if (controllers.Length > 1)
        {
            errors.Invalid(path, value.At(path.Split('.')), "Only one reference can have Controller set to true. Found \"true\" in references for "
                + $"{controllers[0]} and {controllers[1]}");
        }
    }

    [GeneratedRegex("^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$")]
    private static partial Regex QualifiedForm();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label1123Form();

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label1035Form();
}
