namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The operator of two namespaces, with the component that lets it see in each of them which Secrets exist: all the roles that config/overlays/namespaced can come to.</summary>
public sealed class NamespacedWithSecretNamesFixture : NamespacedFixture
{
    private protected override bool SeesSecretNames => true;
}
