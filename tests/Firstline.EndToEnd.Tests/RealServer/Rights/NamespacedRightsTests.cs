using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Controllers;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The roles of config/overlays/namespaced, in the cluster, in the operator's namespace and in one of those that it works in, hold what is needed and no more.</summary>
[Collection(RealServerCollection.Name)]
public sealed class NamespacedRightsTests(NamespacedWithSecretNamesFixture server, ITestOutputHelper output) : IClassFixture<NamespacedWithSecretNamesFixture>
{
    // A runbook of the operator's namespace, whose status is written there.
    private const string ForAll = "runbooks/wake-workload-scaled-to-zero.yaml";

    private static readonly ImmutableHashSet<Right> OfControllers = [.. ControllerPermissions.All.Concat(ObservationPermissions.SecretNames).SelectMany(Right.Of)];

    [SkippableFact]
    public async Task Each_right_in_some_namespaces_is_needed_and_none_is_missing()
    {
        server.Require();
        using KubeClient administrator = server.Connect();
        OperatorRoles roles = new(
            administrator, OperatorRoles.Cluster, OperatorRoles.Own, new NamespacedName(server.First, "firstline-operator"), new NamespacedName(server.First, "firstline-operator-secret-names"));
        ImmutableArray<Grant> installed = await roles.ReadAsync();
        installed.Select(static i => i.Role).Distinct().Should().HaveCount(4);

        await using Scene scene = await Scene.OpenAsync(server, server.First);
        Kubectl own = new(server.Kubeconfig, OperatorRoles.Own.Namespace) { Folder = Checkout.Folder };
        await own.RunAsync($"apply -f {ForAll}");
        try
        {
            await OperatorLife.PlayAsync(
                server, scene, [.. ActionCase.All.Where(static c => !TargetScope.IsClusterScoped(c.Kind))], [.. installed.Where(static i => OfControllers.Contains(i.Right with { Name = "" }))]);
        }
        finally
        {
            await own.RunAsync($"delete -f {ForAll}");
        }

        await new NeedProof(server, roles, output).EachIsNeededAsync(installed, server.Audit.Since(server.Began));
    }
}
