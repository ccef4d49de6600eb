using System.Collections.Immutable;
using Firstline.Core.Actions;
using Firstline.Generate.Output;

namespace Firstline.Generate.Rbac;

/// <summary>One rule of a role: resources of one API group that the same verbs are allowed on, and why.</summary>
internal sealed record RoleRule(string ApiGroup, ImmutableArray<string> Resources, ImmutableArray<string> Verbs, ImmutableArray<string> Reasons)
{
    // The order in which people read them; a verb that is not listed follows by name.
    private static readonly ImmutableArray<string> VerbOrder = ["get", "list", "watch", "create", "update", "patch", "delete"];

    /// <summary>The fewest rules that allow exactly what <paramref name="rules"/> ask for, in an order that depends on nothing else.</summary>
    /// <exception cref="GenerateException">A rule asks for everything, or for nothing.</exception>
    public static ImmutableArray<RoleRule> Merge(IEnumerable<RbacRule> rules) =>
    [
        .. rules.Select(Checked)
            .GroupBy(rule => (rule.ApiGroup, rule.Resource), (key, group) => ForResource(key.ApiGroup, key.Resource, [.. group]))
            .GroupBy(rule => (rule.ApiGroup, Verbs: string.Join(',', rule.Verbs)), (_, group) => Join([.. group.OrderBy(rule => rule.Resources[0], StringComparer.Ordinal)]))
            .OrderBy(rule => rule.ApiGroup, StringComparer.Ordinal).ThenBy(rule => rule.Resources[0], StringComparer.Ordinal),
    ];

    private static RbacRule Checked(RbacRule rule)
    {
        string name = rule.ApiGroup.Length == 0 ? rule.Resource : $"{rule.Resource}.{rule.ApiGroup}";
        if (rule.ApiGroup == "*" || rule.Resource.Contains('*', StringComparison.Ordinal) || rule.Verbs.Contains("*"))
        {
            throw new GenerateException($"the permission on {name} ('{rule.Reason}') has a wildcard: name each group, resource and verb that is needed");
        }

        return rule.Verbs.IsEmpty || string.IsNullOrWhiteSpace(rule.Reason)
            ? throw new GenerateException($"the permission on {name} lacks verbs or a reason: say what is done, and what for")
            : rule;
    }

    private static RoleRule ForResource(string group, string resource, ImmutableArray<RbacRule> rules) => new(group, [resource],
        [.. rules.SelectMany(rule => rule.Verbs).Distinct().OrderBy(Rank).ThenBy(verb => verb, StringComparer.Ordinal)],
        [.. rules.Select(rule => $"{resource}: {rule.Reason}").Distinct().Order(StringComparer.Ordinal)]);

    private static RoleRule Join(ImmutableArray<RoleRule> rules) => rules[0] with
    {
        Resources = [.. rules.SelectMany(rule => rule.Resources)],
        Reasons = [.. rules.SelectMany(rule => rule.Reasons)],
    };

    private static int Rank(string verb) => VerbOrder.IndexOf(verb) is >= 0 and var rank ? rank : VerbOrder.Length;
}
