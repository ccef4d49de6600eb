using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The tests with kubectl share one real server, where there is one.</summary>
[CollectionDefinition(Name)]
public sealed class RealKubectlCollection : ICollectionFixture<RealKubectlServer>
{
    public const string Name = "kubectl on a real server";
}
