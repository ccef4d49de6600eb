using Firstline.Controllers.Observation;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

/// <summary>Values of Secrets are never read: nothing of them is asked for, or their metadata alone where somebody turned that on.</summary>
public sealed class SecretNamesTests
{
    [Fact]
    public void Nothing_of_Secrets_is_watched_where_nobody_asked_for_it() => Watched(new("firstline-system")).Should().NotContain(static q => q.Type == BuiltinTypes.Secrets);

    [Fact]
    public void Metadata_alone_is_watched_where_their_names_are_observed() => Watched(new("firstline-system") { ObserveSecretNames = true })
        .Where(static q => q.Type == BuiltinTypes.Secrets).Should().Equal(new ResourceQuery(BuiltinTypes.Secrets, MetadataOnly: true));

    private static IEnumerable<ResourceQuery> Watched(OperatorOptions options)
    {
        using KubeClient client = new(new() { Server = new("http://127.0.0.1:1") }, TimeProvider.System);
        SharedInformers informers = new(client, TimeProvider.System);
        _ = new ClusterCache(informers, options, TimeProvider.System);
        return [.. informers.All.Select(static i => i.Query)];
    }
}
