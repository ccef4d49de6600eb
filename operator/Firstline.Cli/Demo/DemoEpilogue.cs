using Firstline.Cli.Development;
using Firstline.Cli.Terminal;

namespace Firstline.Cli.Demo;

/// <summary>What to try after the story.</summary>
internal static class DemoEpilogue
{
    public static void Print(Screen screen, DevEnvironment environment, Account account, DemoEnding ending)
    {
        account.Chapter($"The end, after {Spans.Text(account.Elapsed)}: two resolved, one with humans");
        if (ending == DemoEnding.End)
        {
            return;
        }

        screen.Line("All of it still runs. In another terminal:");
        screen.Line();
        screen.Line($"  export KUBECONFIG={environment.Kubeconfig}");
        screen.Line("  kubectl get firstline -A");
        screen.Line("  kubectl -n shop describe inc wrong-prices");
        screen.Line("  kubectl -n shop set image deployment/web app=registry.shop.example/web:1.5.0   # break it again");
        screen.Line();
        DevGreeting.PrintLimits(screen);
    }
}
