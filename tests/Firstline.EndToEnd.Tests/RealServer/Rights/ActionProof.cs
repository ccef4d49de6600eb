using Firstline.Api.V1Alpha1;
using Firstline.Controllers;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Remediation;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>Plans an action on what the real server holds, and has the operator's executor send the change and what undoes it, as dry runs under the operator's ServiceAccount.</summary>
internal sealed class ActionProof : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterAccess _asOperator;
    private readonly KubeClient _administrator;
    private readonly SharedInformers _informers;
    private readonly SituationSource _situations;
    private readonly string _namespace;

    private ActionProof(RealServerFixture server, string ns)
    {
        (_namespace, _asOperator, _administrator) = (ns, server.OperatorAccess, server.Connect());
        _informers = new SharedInformers(_administrator, TimeProvider.System);
        _situations = new SituationSource(new ClusterCache(_informers, new OperatorOptions("firstline-system"), TimeProvider.System));
    }

    /// <summary>What an action's requests carry as user agent, so that the audit log tells them from those of others.</summary>
    public static string AgentOf(IAction action) => $"proof/{action.Name}";

    /// <summary>Fills the caches.</summary>
    public static async Task<ActionProof> BeginAsync(RealServerFixture server, string ns)
    {
        ActionProof proof = new(server, ns);
        proof._informers.Start(proof._stop.Token);
        await proof._informers.WaitForSyncAsync(CancellationToken.None);
        return proof;
    }

    /// <summary>Tries each case, and of each action makes one in earnest.</summary>
    public async Task TryAllAsync(IEnumerable<ActionCase> tried)
    {
        foreach (IGrouping<IAction, ActionCase> cases in tried.GroupBy(static c => c.Action))
        {
            foreach (ActionCase one in cases)
            {
                await TryAsync(one);
            }

            await RunAsync(cases.First());
        }
    }

    private async Task TryAsync(ActionCase tried)
    {
        tried.Problem.Should().BeNull("{0} has to be tried, or nobody knows which rights it needs", tried);
        PlannedStep step = StepOf(tried, await PlanAsync(tried));
        RemediationRequest request = RequestOf(tried, step);
        using KubeClient client = ClientOf(tried);
        PlanExecutor executor = new(client, new AlwaysLeader());

        StepOutcome outcome = await executor.SendAsync(request, step, PlanDirection.Forward, WriteMode.DryRun, CancellationToken.None);
        outcome.Should().BeOfType<StepOutcome.Applied>("{0} is planned on what stands there", tried);

        // The dry run before has stored nothing, so that there is nothing to undo; whether it may be undone is asked first.
        (await executor.SendAsync(request, step, PlanDirection.Inverse, WriteMode.DryRun, CancellationToken.None)).Should().NotBeOfType<StepOutcome.Refused>("{0} is undone", tried);
    }

    // Makes in earnest what an action makes, and has it waited for: what is asked of a Job that ends, no dry run asks.
    private async Task RunAsync(ActionCase tried)
    {
        ActionResult.Planned planned = await PlanAsync(tried);
        PlannedStep step = StepOf(tried, planned with { Forward = [.. planned.Forward.Where(static m => m.Verb == MutationVerb.Create)], Inverse = [] });
        if (step.Forward.IsEmpty)
        {
            return;
        }

        RemediationRequest request = RequestOf(tried, step);
        using KubeClient client = ClientOf(tried);
        PlanExecutor executor = new(client, new AlwaysLeader());
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        StepOutcome outcome;
        while ((outcome = await executor.SendAsync(request, step, PlanDirection.Forward, WriteMode.Commit, CancellationToken.None)) is StepOutcome.Waiting waiting)
        {
            stop.IsCancellationRequested.Should().BeFalse("{0} should be over: {1}", tried, waiting.Message);
            await again.WaitForNextTickAsync(CancellationToken.None);
        }

        (outcome is StepOutcome.Applied or StepOutcome.Failed).Should().BeTrue("{0} is carried out to its end, good or bad, and not: {1}", tried, outcome);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _informers.StoppedAsync();
        _administrator.Dispose();
        _stop.Dispose();
    }

    private static PlannedStep StepOf(ActionCase tried, ActionResult.Planned planned) =>
        new() { Name = "proof", Action = tried.Action.Name, Summary = planned.Summary, Forward = planned.Forward, Inverse = planned.Inverse };

    private RemediationRequest RequestOf(ActionCase tried, PlannedStep step) => new()
    {
        Metadata = new() { Name = "proof", Namespace = _namespace, Uid = Guid.NewGuid().ToString() },
        Spec = new() { Plan = new() { Target = new() { Kind = tried.Kind, Name = tried.Name, Namespace = _namespace }, Steps = [step] } },
    };

    private KubeClient ClientOf(ActionCase tried) => new(_asOperator, TimeProvider.System, new KubeClientOptions { UserAgent = AgentOf(tried.Action), MaxRetries = 0 });

    // What stands on the stage is breaking just now; a plan is refused until it has.
    private async Task<ActionResult.Planned> PlanAsync(ActionCase tried)
    {
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            ActionResult result = Plan(tried);
            if (result is ActionResult.Planned planned)
            {
                return planned;
            }

            stop.IsCancellationRequested.Should().BeFalse("{0} should be planned on the stage, and is not: {1}", tried, result);
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private ActionResult Plan(ActionCase tried)
    {
        TargetRef target = new() { Kind = tried.Kind, Name = tried.Name, Namespace = TargetScope.IsClusterScoped(tried.Kind) ? null : _namespace };
        return _situations.Observe(target) is { } situation
            ? tried.Action.Plan(new ActionRequest(target, situation, tried.Parameters, TimeProvider.System.GetUtcNow()))
            : new ActionResult.Refused("Unseen", $"{target} is not seen");
    }
}
