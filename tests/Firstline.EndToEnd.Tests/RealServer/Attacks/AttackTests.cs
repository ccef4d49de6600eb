using System.Collections.Immutable;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Attacks;

/// <summary>Tries to get past the approvals, on a real API server with the admission policies of config/admission.</summary>
public sealed class AttackTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Variable = "FIRSTLINE_TEST_KUBECONFIG";

    private readonly string? _kubeconfig = Environment.GetEnvironmentVariable(Variable);
    private readonly string _namespace = $"castle-{Guid.NewGuid():n}"[..15];
    private Castle? _castle;

    public async Task InitializeAsync()
    {
        if (string.IsNullOrEmpty(_kubeconfig))
        {
            return;
        }

        Kubectl admin = new(_kubeconfig, "");
        await admin.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/default");
        await admin.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
        await admin.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/admission");
        _castle = new Castle(_kubeconfig, _namespace);
        await _castle.BuildAsync();
    }

    public async Task DisposeAsync()
    {
        if (_castle is not null)
        {
            await _castle.Kubectl.RunAsync($"delete namespace {_namespace} --wait=false --ignore-not-found");
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
        await castle.RecordNobodyAsync("unseen");
        await kubectl.RunAsync("annotate remreq unseen firstline.dev/approved=dora firstline.dev/approved-groups=approvers --as-group=approvers", user: "dora");
        await kubectl.RunAsync("annotate rbk undo firstline.dev/approved-revision=0", user: "alice");
        await kubectl.RunAsync("patch rbk undo --type=merge --patch={\\\"spec\\\":{\\\"description\\\":\\\"better\\\"}}", user: "carol");
        await kubectl.RunAsync("annotate rbk undo --overwrite firstline.dev/approved-revision=1", user: "carol");
        await kubectl.RunAsync("annotate inc by-carol firstline.dev/resolved=over", user: "carol");
    }

    [SkippableFact]
    public async Task Stamping_writes_the_name_of_whoever_asks()
    {
        Castle castle = Required();
        Kubectl kubectl = castle.Kubectl;
        await kubectl.RunAsync($"apply --server-side -k {Checkout.Folder}/config/admission-stamping");
        try
        {
            await castle.UntilStampedAsync(isWanted: true);
            await kubectl.RunAsync("annotate remreq fresh firstline.dev/approved=true", user: "carol");
            (await kubectl.RefusedAsync("annotate remreq unseen --overwrite firstline.dev/approved=true", "mallory")).Should().Contain("the operator has not recorded yet");
            (await kubectl.RefusedAsync("annotate remreq refused firstline.dev/approved=true", "mallory")).Should().Contain("the verb approve is missing");
            await kubectl.RunAsync("create -f -", Castle.Incident("by-mallory", "carol", "Manual"), "mallory");
            await kubectl.RunAsync("create -f -", Castle.Runbook("of-mallory", "x", "y"), "mallory");
            await kubectl.RunAsync("annotate rbk undo note=x", user: "carol");

            (await AnnotationAsync(kubectl, "remreq fresh", "approved")).Should().Be("carol");
            (await AnnotationAsync(kubectl, "inc by-mallory", "author")).Should().Be("mallory", "whatever was claimed");
            (await AnnotationAsync(kubectl, "rbk of-mallory", "author")).Should().Be("mallory");
            (await AnnotationAsync(kubectl, "rbk undo", "author")).Should().BeEmpty("it was there before");
        }
        finally
        {
            await kubectl.RunAsync($"delete -k {Checkout.Folder}/config/admission-stamping");
            await castle.UntilStampedAsync(isWanted: false);
        }
    }

    private static Task<string> AnnotationAsync(Kubectl kubectl, string what, string name) =>
        kubectl.RunAsync($"get {what} -o jsonpath={{.metadata.annotations.firstline\\.dev/{name}}}");

    private Castle Required()
    {
        Skip.If(_castle is null, $"{Variable} is not set: point it to the kubeconfig of a real API server");
        return _castle!;
    }
}
