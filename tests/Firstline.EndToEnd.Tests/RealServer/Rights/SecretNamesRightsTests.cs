using System.Collections.Immutable;
using Firstline.Kube.Client;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The role of config/components/secret-names is used by the option that it comes with, and by nothing without it.</summary>
[Collection(RealServerCollection.Name)]
public sealed class SecretNamesRightsTests(SecretNamesFixture server, ITestOutputHelper output) : IClassFixture<SecretNamesFixture>
{
    [SkippableFact]
    public async Task Each_right_on_Secrets_is_needed_to_see_their_names()
    {
        server.Require();
        using KubeClient administrator = server.Connect();
        OperatorRoles roles = new(administrator, new Api.Meta.NamespacedName("", "firstline-operator-secret-names"));
        ImmutableArray<Grant> installed = await roles.ReadAsync();

        await OperatorLife.UseAsync(server, installed);
        await server.StopOperatorAsync();

        await new NeedProof(server, roles, output).EachIsNeededAsync(installed, server.Audit.Since(server.Began));
    }
}
