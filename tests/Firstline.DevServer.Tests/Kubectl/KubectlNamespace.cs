using FluentAssertions;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>One test's namespace.</summary>
public sealed class KubectlNamespace(KubectlServer server, string name)
{
    public string Name => name;

    public KubectlServer Server => server;

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<KubectlResult> RunAsync(string arguments, string? input = null, string? environment = null)
    {
        KubectlResult result = await TryAsync(arguments, input, environment);
        result.ExitCode.Should().Be(0, "kubectl {0} said: {1}", arguments, result.All);
        return result;
    }

    /// <summary>Runs a command that may fail.</summary>
    public Task<KubectlResult> TryAsync(string arguments, string? input = null, string? environment = null) =>
        server.RunAsync($"{arguments} --namespace {name}", input, environment);
}
