using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>What a cluster's naming controllers write into a CustomResourceDefinition's status, as one pure function.</summary>
internal static class CrdAcceptance
{
    public static bool IsEstablished(JsonObject crd) => Condition(crd, "Established")?.Text("status") == "True";

    /// <summary>The status that the definition should have: accepted names, stored versions, and the conditions NamesAccepted and Established.</summary>
    /// <param name="crd">The definition, as it is stored; not changed.</param>
    /// <param name="others">The other stored definitions; the names of the established ones are taken.</param>
    /// <param name="now">Transition time of conditions that change; others keep theirs.</param>
    public static JsonObject Status(JsonObject crd, IEnumerable<JsonObject> others, DateTimeOffset now)
    {
        JsonObject status = crd.Fields("status")?.DeepClone().AsObject() ?? [];
        (string Reason, string Message)? conflict = Conflict(crd, others);
        bool wasEstablished = IsEstablished(crd);
        JsonArray conditions = [];
        conditions.Add(conflict is var (reason, message)
            ? MakeCondition(crd, "NamesAccepted", "False", reason, message, now)
            : MakeCondition(crd, "NamesAccepted", "True", "NoConflicts", "no conflicts found", now));
        conditions.Add(conflict is null || wasEstablished
            ? MakeCondition(crd, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now)
            : MakeCondition(crd, "Established", "False", "NotAccepted", "not all names are accepted", now));
        status["conditions"] = conditions;
        status["acceptedNames"] = conflict is null ? crd.Fields("spec", "names")?.DeepClone() : status.Fields("acceptedNames")?.DeepClone() ?? EmptyNames();
        status["storedVersions"] = StoredVersions(crd);
        return status;
    }

    private static JsonObject EmptyNames() => new() { ["plural"] = "", ["kind"] = "" };

    private static (string Reason, string Message)? Conflict(JsonObject crd, IEnumerable<JsonObject> others)
    {
        string? group = crd.Text("spec", "group");
        string? name = crd.Text("metadata", "name");
        JsonObject wanted = crd.Fields("spec", "names") ?? [];
        foreach (JsonObject taken in others.Where(o => o.Text("spec", "group") == group && o.Text("metadata", "name") != name && IsEstablished(o)))
        {
            JsonObject names = taken.Fields("status", "acceptedNames") ?? [];
            if (ResourceNames(wanted).Intersect(ResourceNames(names)).FirstOrDefault() is { } resource)
            {
                return resource == wanted.Text("plural") ? ("PluralConflict", $"\"{resource}\" is already in use") : ("ShortNamesConflict", $"\"{resource}\" is already in use");
            }

            if (KindNames(wanted).Intersect(KindNames(names)).FirstOrDefault() is { } kind)
            {
                return kind == wanted.Text("kind") ? ("KindConflict", $"\"{kind}\" is already in use") : ("ListKindConflict", $"\"{kind}\" is already in use");
            }
        }

        return null;
    }

    private static IEnumerable<string> ResourceNames(JsonObject names) =>
        new[] { names.Text("plural"), names.Text("singular") }.OfType<string>().Concat(names.Strings("shortNames")).Where(n => n.Length > 0);

    private static IEnumerable<string> KindNames(JsonObject names) =>
        new[] { names.Text("kind"), names.Text("listKind") }.OfType<string>().Where(n => n.Length > 0);

    private static JsonArray StoredVersions(JsonObject crd)
    {
        JsonArray versions = [.. crd.Strings("status", "storedVersions").Select(v => (JsonNode)JsonValue.Create(v))];
        string? storage = crd.Objects("spec", "versions").FirstOrDefault(v => v.Flag("storage"))?.Text("name");
        if (storage is not null && !versions.Any(v => v.Text() == storage))
        {
            versions.Add((JsonNode)JsonValue.Create(storage));
        }

        return versions;
    }

    private static JsonObject? Condition(JsonObject crd, string type) =>
        crd.Objects("status", "conditions").FirstOrDefault(c => c.Text("type") == type);

    private static JsonObject MakeCondition(JsonObject crd, string type, string status, string reason, string message, DateTimeOffset now)
    {
        JsonObject? before = Condition(crd, type);
        string since = before?.Text("status") == status && before.Text("lastTransitionTime") is { } time
            ? time
            : now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["lastTransitionTime"] = since,
            ["reason"] = reason,
            ["message"] = message,
        };
    }
}
