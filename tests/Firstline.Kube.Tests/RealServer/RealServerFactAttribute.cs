namespace Firstline.Kube.Tests.RealServer;

/// <summary>Runs when <c>FIRSTLINE_TEST_KUBECONFIG</c> names the kubeconfig of an API server that may be written to.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealServerFactAttribute : FactAttribute
{
    public RealServerFactAttribute()
    {
        if (Kubeconfig is null)
        {
            Skip = "set FIRSTLINE_TEST_KUBECONFIG to a kubeconfig to run this against a real API server";
        }
    }

    public static string? Kubeconfig => Environment.GetEnvironmentVariable("FIRSTLINE_TEST_KUBECONFIG");
}
