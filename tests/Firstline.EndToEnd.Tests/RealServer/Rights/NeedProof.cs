using System.Collections.Immutable;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>
/// Proves that roles hold what is needed and no more. Needed is what the operator, or what stands for it, was seen to use in the API server's audit log, and what the API server refuses once the one
/// right is taken out of the role.
/// </summary>
internal sealed class NeedProof(RealServerFixture server, OperatorRoles roles, ITestOutputHelper output)
{
    /// <summary>Takes each right out of its role in turn, and sends again what used it.</summary>
    /// <param name="installed">What the roles give.</param>
    /// <param name="asked">What was asked of the server while they gave it.</param>
    public async Task EachIsNeededAsync(ImmutableArray<Grant> installed, ImmutableArray<AuditedRequest> asked)
    {
        AuditedRequest[] forbidden = [.. asked.Where(static r => r is { Code: 403, IsLostRace: false })];
        forbidden.Should().BeEmpty();
        Dictionary<Grant, AuditedRequest> uses = installed
            .Select(grant => (Grant: grant, Use: asked.Where(grant.Allows).OrderBy(static r => r.Code).FirstOrDefault()))
            .Where(static g => g.Use is not null).ToDictionary(static g => g.Grant, static g => g.Use!);
        installed.Except(uses.Keys).Should().BeEmpty("a right that nothing uses is one too many");
        List<Grant> idle = [];
        foreach (Grant grant in installed)
        {
            bool isNeeded = await IsNeededAsync(grant, [.. installed.Where(i => i.Role == grant.Role).Select(static i => i.Right)], uses[grant]);
            output.WriteLine($"{(isNeeded ? "needed    " : "NOT NEEDED")} {grant,-90} {uses[grant].Agent}");
            idle.AddRange(isNeeded ? [] : [grant]);
        }

        output.WriteLine($"rules {installed.Length}, needed {installed.Length - idle.Count}, 403s {forbidden.Length}");
        idle.Should().BeEmpty();
    }

    private async Task<bool> IsNeededAsync(Grant grant, ImmutableArray<Right> whole, AuditedRequest use)
    {
        using KubeClient asOperator = new(server.OperatorAccess, TimeProvider.System, new KubeClientOptions { UserAgent = "proof/replay", MaxRetries = 0 });
        Replay replay = new(asOperator);
        await roles.WriteAsync(grant.Role, whole.Remove(grant.Right));
        string? without;
        try
        {
            without = await replay.UntilAsync(use, refused: true);
        }
        finally
        {
            await roles.WriteAsync(grant.Role, whole);
        }

        string? with = await replay.UntilAsync(use, refused: false);
        return without?.Contains($"cannot {grant.Right.Verb} resource \"{grant.Right.Resource}\"", StringComparison.Ordinal) == true && with is null;
    }
}
