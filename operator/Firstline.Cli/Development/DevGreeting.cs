using Firstline.Cli.Terminal;
using Firstline.DevServer.Http;

namespace Firstline.Cli.Development;

/// <summary>What somebody who starts the development environment needs to know.</summary>
internal static class DevGreeting
{
    public static void Print(Screen screen, DevEnvironment environment, DevOptions options)
    {
        screen.Line($"A Kubernetes API server listens on {environment.Server}; {(options.Data is null ? "its objects are gone when it ends" : $"its objects stay in {options.Data}")}.");
        screen.Line();
        screen.Line($"export KUBECONFIG={environment.Kubeconfig}");
        screen.Line();
        screen.Line($"Contexts: admin (current), {string.Join(", ", DevOptions.People)}. All of them may do everything.");
        screen.Line(options.Simulation == Part.On
            ? FormattableString.Invariant($"Controllers, scheduler and kubelets are simulated at {options.Speed} times the speed of a real cluster.")
            : "Nothing is simulated: a Deployment makes no pods.");
        PrintOperator(screen, environment, options);
        screen.Line();
        PrintLimits(screen);
        screen.Line();
        screen.Line("So approvals cannot be verified here: the policy allows unverified ones, mode Auto, and the revisions of the ready runbooks are approved.");
        screen.Line("The runbooks' cool-downs are left out, and what they watch after a change is shortened by the speed of the simulation: their revisions are others than those of the files.");
    }

    /// <summary>What the API server here does otherwise than a cluster, so that nobody takes it for one.</summary>
    public static void PrintLimits(Screen screen)
    {
        screen.Line("For development only. What a cluster does otherwise than this API server:");
        foreach (string limit in DevApiServer.Limits)
        {
            screen.Line($"- {limit}");
        }
    }

    private static void PrintOperator(Screen screen, DevEnvironment environment, DevOptions options)
    {
        if (options.Operator == Part.Off)
        {
            screen.Line($"The operator is off: start it with firstline run --leader-election off --kubeconfig {environment.Kubeconfig}");
            return;
        }

        screen.Line($"The operator runs here: {environment.HealthAddress}readyz, {environment.HealthAddress}metrics, log in {environment.LogFile}.");
        screen.Line($"Alertmanager may post to {environment.WebhookAddress} with the bearer token in {environment.TokenFile}.");
    }
}
