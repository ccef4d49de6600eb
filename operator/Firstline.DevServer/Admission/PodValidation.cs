using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Rules for pod specs, in pods and in templates.</summary>
internal static class PodValidation
{
    private const string Immutable = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` "
        + "(allow it to be set to 1 if it was previously negative)";

    /// <param name="spec">The pod spec.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="claims">Names of the claims that a StatefulSet makes for each pod, which are volumes of it.</param>
    public static void CheckSpec(JsonObject? spec, string path, FieldErrors errors, params IEnumerable<string?> claims)
    {
        if (spec.List("containers").Count == 0)
        {
            errors.Required(FieldPath.Child(path, "containers"));
        }

        HashSet<string> volumes = [.. spec.Objects("volumes").Select(v => v.Text("name")).Concat(claims).OfType<string>()];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string list in (ReadOnlySpan<string>)["initContainers", "containers"])
        {
            int index = 0;
            foreach (JsonObject container in spec.Objects(list))
            {
                string at = FieldPath.Index(FieldPath.Child(path, list), index++);
                CheckName(container, at, names, errors);
                CheckImage(container, at, errors);
                CheckResources(container, FieldPath.Child(at, "resources"), errors);
                CheckMounts(container, at, volumes, errors);
            }
        }
    }

    public static void CheckUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        if (before.Fields("spec") is not { } was || after.Fields("spec") is not { } now)
        {
            return;
        }

        JsonObject allowed = was.DeepClone().AsObject();
        CopyImages(now, allowed, "containers");
        CopyImages(now, allowed, "initContainers");
        allowed["activeDeadlineSeconds"] = now["activeDeadlineSeconds"]?.DeepClone();
        if (was.Integer("terminationGracePeriodSeconds") < 0 && now.Integer("terminationGracePeriodSeconds") == 1)
        {
            allowed["terminationGracePeriodSeconds"] = 1;
        }

        if (was.List("tolerations").All(t => now.List("tolerations").Any(n => JsonNode.DeepEquals(t, n))))
        {
            allowed["tolerations"] = now["tolerations"]?.DeepClone();
        }

        if (!SameFields(allowed, now))
        {
            errors.Forbidden("spec", Immutable);
        }
    }

    // A field that is null and one that is missing are the same.
    private static bool SameFields(JsonObject one, JsonObject other) =>
        one.Select(f => f.Key).Union(other.Select(f => f.Key)).All(k => JsonNode.DeepEquals(one[k], other[k]));

    private static void CopyImages(JsonObject from, JsonObject to, string list)
    {
        foreach ((JsonObject source, JsonObject target) in from.Objects(list).Zip(to.Objects(list)))
        {
            target["image"] = source["image"]?.DeepClone();
        }
    }

    private static void CheckName(JsonObject container, string path, HashSet<string> names, FieldErrors errors)
    {
        string at = FieldPath.Child(path, "name");
        string name = container.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Required(at);
        }
        else if (MetadataValidation.DnsLabelError(name) is { } problem)
        {
            errors.Invalid(at, container["name"], problem);
        }
        else if (!names.Add(name))
        {
            errors.Duplicate(at, container["name"]);
        }
    }

    private static void CheckImage(JsonObject container, string path, FieldErrors errors)
    {
        string at = FieldPath.Child(path, "image");
        string image = container.Text("image") ?? "";
        if (image.Length == 0)
        {
            errors.Required(at);
        }
        else if (image.Trim() != image)
        {
            errors.Invalid(at, container["image"], "must not have leading or trailing whitespace");
        }
    }

    private static void CheckResources(JsonObject container, string path, FieldErrors errors)
    {
        foreach ((string name, JsonNode? request) in container.Fields("resources", "requests") ?? [])
        {
            string? limit = container.Text("resources", "limits", name);
            if (limit is not null && Quantity.Parse(request.Text() ?? "") > Quantity.Parse(limit))
            {
                errors.Invalid(FieldPath.Child(path, "requests"), request, $"must be less than or equal to {name} limit of {limit}");
            }
        }
    }

    private static void CheckMounts(JsonObject container, string path, HashSet<string> volumes, FieldErrors errors)
    {
        int index = 0;
        foreach (JsonObject mount in container.Objects("volumeMounts"))
        {
            string at = FieldPath.Index(FieldPath.Child(path, "volumeMounts"), index++);
            if (mount.Text("name") is { Length: > 0 } name && !volumes.Contains(name))
            {
                errors.NotFound(FieldPath.Child(at, "name"), mount["name"]);
            }
        }
    }
}
