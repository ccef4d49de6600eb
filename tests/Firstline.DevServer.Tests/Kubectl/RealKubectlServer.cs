using Firstline.DevServer.Tests.Conformance;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The API server whose kubeconfig the environment names.</summary>
public sealed class RealKubectlServer : KubectlServer
{
    protected override string Absence => $"{RealConformanceServer.Variable} is not set: point it to the kubeconfig of a real API server";

    protected override Task<string?> StartAsync(string home) => Task.FromResult(RealConformanceServer.Kubeconfig is { } path ? Path.GetFullPath(path) : null);

    protected override Task StopAsync() => Task.CompletedTask;
}
