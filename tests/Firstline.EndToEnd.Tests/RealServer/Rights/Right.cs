using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Core.Actions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The smallest thing that a role can allow: one verb on one resource.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Resource">Plural, with a subresource behind a slash where it is one.</param>
/// <param name="Verb">Verb, such as list.</param>
/// <param name="Name">The one object that it is for; empty for all.</param>
internal sealed record Right(string Group, string Resource, string Verb, string Name = "")
{
    /// <summary>Each right that a permission asks for.</summary>
    public static IEnumerable<Right> Of(RbacRule rule) => rule.Verbs.Select(verb => new Right(rule.ApiGroup, rule.Resource, verb));

    /// <summary>What a request needed.</summary>
    public static Right Of(AuditedRequest request) => new(request.Group, request.Resource, request.Verb);

    /// <summary>Each right in the rules of a role, as the API server holds them.</summary>
    public static ImmutableArray<Right> Of(JsonArray rules) =>
    [
        .. from rule in rules
           from @group in rule!["apiGroups"]!.AsArray()
           from resource in rule["resources"]!.AsArray()
           from verb in rule["verbs"]!.AsArray()
           from name in rule["resourceNames"]?.AsArray().Select(static n => n!.ToString()) ?? [""]
           select new Right(@group!.ToString(), resource!.ToString(), verb!.ToString(), name),
    ];

    /// <summary>Rules of a role that allow just these.</summary>
    public static JsonArray Rules(IEnumerable<Right> rights) =>
    [
        .. rights.Select(static r => (JsonNode)r.AsRule()),
    ];

    /// <summary>Whether a request can have used it: one for a single object asks for that object.</summary>
    public bool Allows(AuditedRequest request) => Of(request) == this with { Name = "" } && (Name.Length == 0 || request.Uri.Contains($"metadata.name%3D{Name}", StringComparison.Ordinal));

    /// <summary>As people say it: <c>patch deployments.apps</c>.</summary>
    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : $".{Group}")}{(Name.Length == 0 ? "" : $" {Name}")}";

    private JsonObject AsRule()
    {
        JsonObject rule = new() { ["apiGroups"] = new JsonArray(Group), ["resources"] = new JsonArray(Resource), ["verbs"] = new JsonArray(Verb) };
        if (Name.Length > 0)
        {
            rule["resourceNames"] = new JsonArray(Name);
        }

        return rule;
    }
}
