using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Core.Actions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The smallest thing that a role can allow: one verb on one resource.</summary>
internal sealed record Right(string Group, string Resource, string Verb)
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
           select new Right(@group!.ToString(), resource!.ToString(), verb!.ToString()),
    ];

    /// <summary>Rules of a role that allow just these.</summary>
    public static JsonArray Rules(IEnumerable<Right> rights) =>
    [
        .. rights.Select(static r => new JsonObject { ["apiGroups"] = new JsonArray(r.Group), ["resources"] = new JsonArray(r.Resource), ["verbs"] = new JsonArray(r.Verb) }),
    ];

    /// <summary>As people say it: <c>patch deployments.apps</c>.</summary>
    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : $".{Group}")}";
}
