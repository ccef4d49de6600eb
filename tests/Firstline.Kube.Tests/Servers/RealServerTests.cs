namespace Firstline.Kube.Tests.Servers;

/// <summary>Against the API server whose kubeconfig <c>FIRSTLINE_TEST_KUBECONFIG</c> names; skipped, visibly, without it.</summary>
public sealed class RealServerTests : ApiServerTests
{
    private const string Variable = "FIRSTLINE_TEST_KUBECONFIG";

    private protected override Task<TestCluster> ConnectAsync()
    {
        string? kubeconfig = Environment.GetEnvironmentVariable(Variable);
        Skip.If(kubeconfig is null, $"set {Variable} to a kubeconfig to run this against a real API server");
        return TestCluster.ConnectAsync(kubeconfig!);
    }
}
