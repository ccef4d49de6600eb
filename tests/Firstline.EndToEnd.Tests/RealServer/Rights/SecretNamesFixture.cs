namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The operator of the whole cluster with the component for the names of Secrets, in an overlay of its user's own as docs/install.md says.</summary>
public sealed class SecretNamesFixture : RealServerFixture
{
    private const string Overlay =
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - ../../default
        components:
          - ../../components/secret-names
        """;

    private readonly ConfigCopy _copy = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (IsThere)
        {
            await new Kubectl(Kubeconfig, "").RunAsync("delete clusterrole,clusterrolebinding firstline-operator-secret-names --ignore-not-found");
        }

        _copy.Remove();
    }

    private protected override async Task InstallAsync(Kubectl kubectl)
    {
        Directory.CreateDirectory(_copy.Path("overlays/mine"));
        await File.WriteAllTextAsync(_copy.Path("overlays/mine/kustomization.yaml"), Overlay);
        await kubectl.RunAsync($"apply --server-side --force-conflicts -k {_copy.Path("overlays/mine")}");
        await kubectl.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
    }
}
