using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Controllers;
using Firstline.Core.Actions;
using Firstline.Host;
using Firstline.Kube.Client;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>
/// The generated roles hold what is needed and no more. Needed is what the operator, or the executor with a plan of one of the actions, was seen to use in the API
/// server's audit log, and what the API server refuses once the one right is taken out of the role.
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
        OperatorRoles roles = new(administrator);
        ImmutableArray<(NamespacedName Role, Right Right)> installed = await roles.ReadAsync();
        installed.Select(static i => i.Right).Should().BeEquivalentTo(OfControllers.Union(OfActions), "the roles are those that the code declares");

        Kubectl cluster = new(server.Kubeconfig, "");
        await using Scene scene = await Scene.OpenAsync(server);
        try
        {
            await PlayAsync(scene, cluster);
        }
        finally
        {
            await ActionStage.ClearAsync(cluster);
        }

        await server.StopOperatorAsync();

        ImmutableArray<AuditedRequest> asked = server.Audit.Since(server.Began);
        AuditedRequest[] forbidden = [.. asked.Where(static r => r is { Code: 403, IsLostRace: false })];
        forbidden.Should().BeEmpty();
        UsedByActions(asked);
        Dictionary<Right, AuditedRequest> recorded = asked.GroupBy(Right.Of).ToDictionary(static g => g.Key, static g => g.OrderBy(static r => r.Code).First());
        int needed = await RefusedWithoutAsync(roles, installed, recorded);
        output.WriteLine($"rules {installed.Length}, needed {needed}, 403s {forbidden.Length}");
        needed.Should().Be(installed.Length);
    }

    private async Task PlayAsync(Scene scene, Kubectl cluster)
    {
        await using ActionProof proof = await ActionProof.BeginAsync(server, scene.Namespace);
        await ActionStage.SetAsync(scene, cluster);
        await using FirstlineOperator standby = await server.StartStandbyAsync();
        await OperatorLife.PlayAsync(scene, cluster);
        await scene.WaitingAsync("web");
        await LatePlanner.PlanAgainAsync(server, await scene.IncidentAsync("web", "planned", static i => i.Status?.Remediations.IsEmpty == false));
        foreach (IGrouping<IAction, ActionCase> cases in ActionCase.All.GroupBy(static c => c.Action))
        {
            foreach (ActionCase tried in cases)
            {
                await proof.TryAsync(tried);
            }

            await proof.RunAsync(cases.First());
        }

        (await OperatorLife.UnusedAsync(OfTheControllers, OfControllers)).Should().BeEmpty(
            "the controllers declare what they need: take out what is too much, or let OperatorLife play what needs it");
    }

    private IEnumerable<AuditedRequest> OfTheControllers() => server.Audit.Since(server.Began).Where(static r => r.Agent is "firstline-operator" or LatePlanner.Agent);

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

    private async Task<int> RefusedWithoutAsync(
        OperatorRoles roles, ImmutableArray<(NamespacedName Role, Right Right)> installed, Dictionary<Right, AuditedRequest> recorded)
    {
        using KubeClient asOperator = new(server.OperatorAccess, TimeProvider.System, new KubeClientOptions { UserAgent = "proof/replay", MaxRetries = 0 });
        Replay replay = new(asOperator);
        int needed = 0;
        foreach ((NamespacedName role, Right right) in installed)
        {
            IEnumerable<Right> whole = installed.Where(i => i.Role == role).Select(static i => i.Right);
            await roles.WriteAsync(role, whole.Where(r => r != right));
            string? without;
            try
            {
                without = await replay.UntilAsync(recorded[right], refused: true);
            }
            finally
            {
                await roles.WriteAsync(role, whole);
            }

            string? with = await replay.UntilAsync(recorded[right], refused: false);
            bool isNeeded = without?.Contains($"cannot {right.Verb} resource \"{right.Resource}\"", StringComparison.Ordinal) == true && with is null;
            needed += isNeeded ? 1 : 0;
            output.WriteLine($"{(isNeeded ? "needed    " : "NOT NEEDED")} {right,-70} {recorded[right].Agent}");
        }

        return needed;
    }
}
