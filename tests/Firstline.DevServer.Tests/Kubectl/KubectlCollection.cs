using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The tests with kubectl share one dev server; each has its own namespace.</summary>
[CollectionDefinition(Name)]
public sealed class KubectlCollection : ICollectionFixture<DevKubectlServer>
{
    public const string Name = "kubectl";
}
