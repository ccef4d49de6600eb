using System.Collections.Immutable;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Attacks;

/// <summary>Tries to get past the approvals, on a real API server with the admission policies of config/admission, while no operator is at work there.</summary>
[Collection(RealServerCollection.Name)]
public sealed class AttackTests(ITestOutputHelper output) : IAsyncLifetime
{
    private Castle? _castle;

    public async Task InitializeAsync() => _castle = RealServerFixture.KubeconfigGiven is { } kubeconfig ? await Castle.RaiseAsync(kubeconfig) : null;

    public async Task DisposeAsync()
    {
        if (_castle is not null)
        {
            await _castle.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task No_attack_succeeds()
    {
        Castle castle = Required();
        string before = await castle.PictureAsync();
        ImmutableArray<Attack> attacks = AttackList.Of(castle);
        List<string> succeeded = [];
        foreach (Attack attack in attacks)
        {
            (int code, string words) = await castle.Kubectl.TryAsync(attack.Arguments, attack.Input, attack.Actor);
            bool isRefused = code != 0 && words.Contains(attack.Words, StringComparison.Ordinal);
            if (!isRefused || await castle.PictureAsync() != before)
            {
                succeeded.Add($"{attack.Situation} ({attack.Actor}): {words[..Math.Min(400, words.Length)]}");
            }
        }

        output.WriteLine($"attacks tried: {attacks.Length}, succeeded: {succeeded.Count}");
        attacks.Length.Should().BeGreaterThanOrEqualTo(25);
        succeeded.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Who_may_approves_refuses_withdraws_and_follows_another()
    {
        Castle castle = Required();
        Kubectl kubectl = castle.Kubectl;
        await kubectl.RunAsync("annotate remreq fresh firstline.dev/approved=alice", user: "alice");
        await castle.RecordAsync("fresh");
        await kubectl.RunAsync("annotate remreq fresh --overwrite firstline.dev/approved=carol", user: "carol");
        await castle.RecordAsync("fresh", "carol", $"{Castle.Approval("alice")},");
        await kubectl.RunAsync("annotate remreq fresh firstline.dev/approved-", user: "carol");
        await kubectl.RunAsync("annotate remreq fresh firstline.dev/rejected=no", user: "alice");

        await kubectl.RunAsync("annotate remreq unseen firstline.dev/approved-", user: "alice");
        await kubectl.RunAsync("annotate remreq unseen firstline.dev/approved=dora firstline.dev/approved-groups=approvers --as-group=approvers", user: "dora");
        await kubectl.RunAsync("annotate rbk undo firstline.dev/approved-revision=0", user: "alice");
        await kubectl.RunAsync("patch rbk undo --type=merge --patch={\\\"spec\\\":{\\\"description\\\":\\\"better\\\"}}", user: "carol");
        await kubectl.RunAsync("annotate rbk undo --overwrite firstline.dev/approved-revision=1", user: "carol");
        await kubectl.RunAsync("annotate inc by-carol firstline.dev/resolved=over", user: "carol");
    }

    [SkippableFact]
    public async Task A_human_takes_command_over_lays_it_down_and_opens_an_incident_with_it()
    {
        Kubectl kubectl = Required().Kubectl;
        await kubectl.RunAsync("patch inc by-carol --type=merge --patch-file=/dev/stdin", """{"spec":{"commander":"mallory"}}""", "mallory");
        (await kubectl.RunAsync("describe inc by-carol")).Should().MatchRegex(@"Commander:\s+mallory");
        await kubectl.RunAsync("patch inc by-carol --type=merge --patch-file=/dev/stdin", """{"spec":{"severity":"SEV2"}}""", "carol");
        await kubectl.RunAsync("patch inc by-carol --type=merge --patch-file=/dev/stdin", """{"spec":{"commander":null}}""", "mallory");
        foreach (string commander in new[] { "\"system:admin\"", "null" })   // whom k3s makes: he may approve, too
        {
            await kubectl.RunAsync("patch inc by-carol --type=merge --patch-file=/dev/stdin", $$$"""{"spec":{"commander":{{{commander}}}}}""", "system:admin --as-group=system:masters");
        }

        await kubectl.RunAsync("create -f -", Castle.IncidentLedBy("led", "carol"), "carol");
    }

    private Castle Required()
    {
        Skip.If(_castle is null, RealServerFixture.Missing);
        return _castle!;
    }
}
