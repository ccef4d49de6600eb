using Firstline.Testing;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The operator as config/overlays/observe-only installs it, with the policy of that overlay.</summary>
public sealed class ObserveOnlyFixture : RealServerFixture
{
    private static string Overlay => Path.Combine(Checkout.Folder, "config/overlays/observe-only");

    private protected override string Policy => File.ReadAllText(Path.Combine(Overlay, "remediationpolicy.yaml"));

    private protected override async Task InstallAsync(Kubectl kubectl)
    {
        await kubectl.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/crd");
        await kubectl.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
        await kubectl.RunAsync($"apply --server-side --force-conflicts -k {Overlay}");
    }
}
