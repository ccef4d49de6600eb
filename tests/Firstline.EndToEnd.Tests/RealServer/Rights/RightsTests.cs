using System.Collections.Immutable;
using Firstline.Controllers;
using Firstline.Core.Actions;
using Firstline.Kube.Client;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>
/// The roles of config/default hold what is needed and no more, see <see cref="NeedProof"/>: of the controllers what the operator uses, of each action what the executor uses with a plan of it.
/// </summary>
[Collection(RealServerCollection.Name)]
public sealed class RightsTests(RealServerFixture server, ITestOutputHelper output) : IClassFixture<RealServerFixture>
{
    private static readonly ImmutableArray<Right> OfControllers = [.. ControllerPermissions.All.SelectMany(Right.Of).Distinct()];
    private static readonly ImmutableArray<Right> OfActions = [.. ActionCatalogue.All.SelectMany(static a => a.Rules).SelectMany(Right.Of).Distinct()];

    [SkippableFact]
    public async Task Each_right_is_needed_and_none_is_missing()
    {
        server.Require();
        using KubeClient administrator = server.Connect();
        OperatorRoles roles = new(administrator, OperatorRoles.Cluster, OperatorRoles.Own);
        ImmutableArray<Grant> installed = await roles.ReadAsync();
        installed.Select(static i => i.Right).Should().BeEquivalentTo(OfControllers.Union(OfActions), "the roles are those that the code declares");

        await using Scene scene = await Scene.OpenAsync(server);
        await OperatorLife.PlayAsync(server, scene, ActionCase.All, [.. installed.Where(static i => OfControllers.Contains(i.Right))]);

        ImmutableArray<AuditedRequest> asked = server.Audit.Since(server.Began);
        UsedByActions(asked);
        await new NeedProof(server, roles, output).EachIsNeededAsync(installed, asked);
    }

    // Each action must get by with the rights that it declares itself, whatever others declare.
    private static void UsedByActions(ImmutableArray<AuditedRequest> asked)
    {
        using AssertionScope all = new();
        foreach (IAction action in ActionCatalogue.All)
        {
            IEnumerable<Right> used = asked.Where(r => r.Agent == ActionProof.AgentOf(action)).Select(Right.Of).Distinct();
            used.Should().BeEquivalentTo(action.Rules.SelectMany(Right.Of).Distinct(), "{0} declares what it uses and no more", action.Name);
        }
    }
}
