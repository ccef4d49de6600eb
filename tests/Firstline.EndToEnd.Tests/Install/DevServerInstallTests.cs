using Firstline.Cli.Development;
using Firstline.EndToEnd.Tests.RealServer;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>What installs on a cluster installs on our own dev server too, in both ways of kubectl.</summary>
public sealed class DevServerInstallTests
{
    [SkippableTheory]
    [InlineData("client-side", "apply -k config/default")]
    [InlineData("server-side", "apply --server-side -k config/default")]
    public async Task Default_is_applied_by_kubectl_and_applied_again(string way, string command)
    {
        Skip.IfNot(KubectlIsThere, "kubectl is not on the PATH; install kubectl to run this test");
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(
            new DevOptions { Operator = Part.Off, Simulation = Part.Off }, folder, logs, TimeProvider.System, CancellationToken.None);
        Kubectl kubectl = new(environment.Kubeconfig, "") { Folder = Checkout.Folder };

        await kubectl.RunAsync(command);
        string before = await ObjectsAsync(kubectl);
        await kubectl.RunAsync(command);

        before.Should().ContainAll("Deployment/firstline-operator=", "ValidatingAdmissionPolicy/firstline-approvals=", "ClusterRole/firstline-operator=", "NetworkPolicy/firstline-operator=");
        (await ObjectsAsync(kubectl)).Should().Be(before, "{0}, the second time changes nothing", way);
        await kubectl.RunAsync("wait --for=condition=Established crd -l app.kubernetes.io/part-of=firstline --timeout=20s");

        // Fields that one way of applying set are taken over by the other only when it is told to, as docs/dev-server.md says.
        await kubectl.RunAsync("apply --server-side --force-conflicts -k config/default");
        (await ObjectsAsync(kubectl)).Should().Be(before);
    }

    private static bool KubectlIsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "kubectl")));

    private static Task<string> ObjectsAsync(Kubectl kubectl) => kubectl.RunAsync(
        "get crd,serviceaccount,role,rolebinding,clusterrole,clusterrolebinding,configmap,service,deployment,poddisruptionbudget,networkpolicy,validatingadmissionpolicy,"
        + "validatingadmissionpolicybinding -A -l app.kubernetes.io/part-of=firstline -o \"jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.uid}/{.metadata.generation},{end}\"");
}
