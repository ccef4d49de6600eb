using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>The tests that have a cluster for themselves, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EmptyCluster : ICollectionFixture<EmptyClusterFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "empty cluster";
}
