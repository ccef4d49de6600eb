using System.Collections.Immutable;
using Firstline.Core.Actions;
using Firstline.Generate.Output;
using Firstline.Generate.Rbac;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Rbac;

public sealed class RoleRuleTests
{
    [Fact]
    public void Merge_joins_the_verbs_of_a_resource_and_keeps_each_reason() =>
        Texts(Rule("apps", "deployments", "Restarts them.", "patch", "get"), Rule("apps", "deployments", "Watches them.", "watch", "list", "get"))
            .Should().Equal("apps: deployments: get,list,watch,patch # deployments: Restarts them. deployments: Watches them.");

    [Fact]
    public void Merge_joins_resources_of_a_group_that_need_the_same_verbs() =>
        Texts(Rule("", "pods", "Sees crashes.", "get", "list"), Rule("", "events", "Finds causes.", "list", "get"))
            .Should().Equal(": events,pods: get,list # events: Finds causes. pods: Sees crashes.");

    [Fact]
    public void Merge_never_widens_what_was_asked_for() =>
        Texts(Rule("apps", "deployments", "A.", "patch"), Rule("", "configmaps", "B.", "patch"), Rule("apps", "deployments/scale", "C.", "get"))
            .Should().Equal(": configmaps: patch # configmaps: B.", "apps: deployments: patch # deployments: A.", "apps: deployments/scale: get # deployments/scale: C.");

    [Fact]
    public void Merge_does_not_depend_on_the_order()
    {
        RbacRule[] rules = [Rule("apps", "deployments", "A.", "patch"), Rule("", "pods", "B.", "get", "approve"), Rule("", "events", "C.", "approve", "get")];

        Texts([.. rules.Reverse()]).Should().Equal(Texts(rules));
    }

    [Theory]
    [InlineData("every verb", "apps", "deployments", "*", "A.", "*deployments.apps*wildcard*")]
    [InlineData("every resource", "apps", "*", "get", "A.", "*wildcard*")]
    [InlineData("every subresource", "apps", "deployments/*", "get", "A.", "*wildcard*")]
    [InlineData("every group", "*", "deployments", "get", "A.", "*wildcard*")]
    [InlineData("no reason", "", "pods", "get", " ", "the permission on pods lacks verbs or a reason*")]
    public void Merge_refuses(string situation, string group, string resource, string verb, string reason, string message) =>
        FluentActions.Invoking(() => RoleRule.Merge([Rule(group, resource, reason, verb)]))
            .Should().Throw<GenerateException>(situation).WithMessage(message);

    [Fact]
    public void Merge_refuses_a_permission_without_verbs() =>
        FluentActions.Invoking(() => RoleRule.Merge([Rule("", "pods", "A.")])).Should().Throw<GenerateException>();

    private static RbacRule Rule(string group, string resource, string reason, params string[] verbs) => new(group, resource, [.. verbs], reason);

    private static ImmutableArray<string> Texts(params RbacRule[] rules) =>
    [
        .. RoleRule.Merge(rules).Select(rule =>
            $"{rule.ApiGroup}: {string.Join(',', rule.Resources)}: {string.Join(',', rule.Verbs)} # {string.Join(' ', rule.Reasons)}"),
    ];
}
