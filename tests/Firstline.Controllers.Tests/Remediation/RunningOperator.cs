using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>The three controllers as the host runs them.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RemediationControllers _controllers;
    private readonly Task _running;

    private RunningOperator(IKubeClient client, ILeadership leadership, TimeProvider clock, OutsidePorts outside, VerifierFacts? verifiers)
    {
        SharedInformers informers = new(client, clock);
        Informer<DeploymentView> deployments = informers.Get(new ResourceQuery(RemediationWorld.Deployments), DeploymentView.Read);
        _controllers = new(
            informers, client, new StatusWriter(client, leadership), new TemplateSituations(deployments, () => IsNamespaceEnding), leadership, Events, outside, new OperatorOptions(RemediationWorld.OperatorNamespace) { Verifiers = verifiers },
            clock, NullLoggerFactory.Instance);
        ControllerHost host = new(informers, _controllers.All(), null, clock, NullLogger<ControllerHost>.Instance);
        _running = host.RunAsync(_stop.Token);
    }

    /// <summary>What the namespace cache would show.</summary>
    public bool IsNamespaceEnding { get; set; }

    public EventLog Events { get; } = new();

    public static Task<RunningOperator> StartAsync(IKubeClient client, CancellationToken ct, ILeadership? leadership = null, TimeProvider? clock = null, OutsidePorts? outside = null, VerifierFacts? verifiers = null)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(new RunningOperator(client, leadership ?? new AlwaysLeader(), clock ?? TimeProvider.System, outside ?? NoOutside.Ports, verifiers));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _controllers.DisposeAsync();
        _stop.Dispose();
    }
}
