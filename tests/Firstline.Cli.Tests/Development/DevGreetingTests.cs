using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;
using Firstline.DevServer.Http;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Cli.Tests.Development;

/// <summary>Nobody is to take the API server for a cluster.</summary>
public sealed class DevGreetingTests
{
    [Fact]
    public async Task Dev_and_demo_say_what_the_server_does_not_do()
    {
        DevOptions options = new() { Operator = Part.Off, Simulation = Part.Off };
        using DevFolder folder = DevFolder.Open(null);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(options, folder, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);

        string dev = Printed(screen => DevGreeting.Print(screen, environment, options));
        string demo = Printed(screen => DemoEpilogue.Print(screen, environment, new Account(screen.Out, TimeProvider.System), DemoEnding.GoOn));

        dev.Should().ContainAll(DevApiServer.Limits).And.Contain($"export KUBECONFIG={environment.Kubeconfig}\n");
        demo.Should().ContainAll(DevApiServer.Limits).And.Contain($"export KUBECONFIG={environment.Kubeconfig}\n");
    }

    private static string Printed(Action<Screen> print)
    {
        using StringWriter output = new();
        print(Screen.Of(output, TextWriter.Null, isRedirected: true));
        return output.ToString();
    }
}
