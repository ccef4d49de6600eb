using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Cluster;
using Firstline.Cli.Development;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;

namespace Firstline.Cli.Demo;

/// <summary>
/// The three stories of the demo. It breaks things and approves, as people would; what is seen, proposed and done stands on the objects, and
/// the story only waits for it.
/// </summary>
internal sealed class DemoStory(DevEnvironment environment, DemoWatch watch, Account account, TimeProvider clock)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(120);
    private readonly IKubeClient _you = environment.Client;

    public async Task<DemoOutcome> PlayAsync(CancellationToken ct)
    {
        account.Chapter("A shop runs");
        await ApplyAsync("shop.yaml", ct);
        await HealthyAsync("web", Soon, ct);
        await HealthyAsync("catalog", Soon, ct);

        account.Chapter("1. A bad rollout: known, reversible, within limits. It fixes itself (L1)");
        Task<bool> web = await BadRolloutAsync(ct);

        account.Chapter("2. Out of memory: the fix is prepared and waits for a human (L2)");
        DemoOutcome outcome = await OutOfMemoryAsync(ct);

        account.Chapter("3. Nobody wrote a runbook for this: it goes to humans (L3)");
        await ByHandAsync(ct);
        return outcome with { L1Resolved = await web };
    }

    /// <summary>Returns when the fix is made; the task in it ends when the incident is verified resolved.</summary>
    private async Task<Task<bool>> BadRolloutAsync(CancellationToken ct)
    {
        account.Tell(Speaker.You, "kubectl -n shop set image deployment/web app=registry.shop.example/web:1.5.0", Tone.Command);
        JsonObject container = new() { ["name"] = "app", ["image"] = "registry.shop.example/web:1.5.0" };
        JsonObject patch = new()
        {
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } } },
        };
        await _you.PatchAsync(WorkloadView.Deployments, In("web"), Patch.Strategic(patch), ct, new WriteOptions { FieldManager = "kubectl-set" });
        await watch.Requests.UntilAsync(
            "the L1 remediation of Deployment/web", r => Is(r, "web", RemediationLevel.L1) && r.Status?.Steps.Any(static s => s.State == StepState.Applied) == true, Soon, ct);
        return ResolvedWithoutHumanAsync(ct);
    }

    private async Task<bool> ResolvedWithoutHumanAsync(CancellationToken ct)
    {
        RemediationRequest request = await watch.Requests.UntilAsync(
            "the verification of Deployment/web", static r => Is(r, "web", RemediationLevel.L1) && RemediationLifecycle.IsSettled(r), Later, ct);
        await ResolvedAsync("web", ct);
        return request.Status is { Outcome: RemediationOutcome.Succeeded, Verification.Result: VerificationResult.Recovered, Approvals.IsEmpty: true };
    }

    private async Task<DemoOutcome> OutOfMemoryAsync(CancellationToken ct)
    {
        account.Tell(Speaker.You, "kubectl apply -f checkout.yaml", Tone.Command);
        await ApplyAsync("checkout.yaml", ct);
        await watch.Pods.UntilAsync(
            "the OOM kill of checkout", static p => p.App == "checkout" && p.Troubles.Any(static t => t.StartsWith("OOMKilled", StringComparison.Ordinal)), Soon, ct);
        DateTimeOffset firing = clock.GetUtcNow();
        await AlertAsync("firing", AlertmanagerBody.OomKilled(firing, null), ct);
        await watch.Incidents.UntilAsync(
            "the alert among the signals of the incident of Deployment/checkout",
            static i => i.Spec.Target.Name == "checkout" && i.Status?.Signals.Any(static s => s.Source == IncidentSource.Alertmanager) == true, Soon, ct);
        RemediationRequest waiting = await watch.Requests.UntilAsync("the L2 remediation of Deployment/checkout", WaitsForApproval, Soon, ct);
        ShowDecision(waiting);
        bool waited = await ChangedNothingAsync(ct);

        await ApproveAsync(waiting, ct);
        await HealthyAsync("checkout", Later, ct);
        await AlertAsync("resolved", AlertmanagerBody.OomKilled(firing, clock.GetUtcNow()), ct);
        RemediationRequest ended = await watch.Requests.UntilAsync(
            "the verification of Deployment/checkout", r => r.Metadata.Uid == waiting.Metadata.Uid && RemediationLifecycle.IsSettled(r), Later, ct);
        await ResolvedAsync("checkout", ct);
        bool approved = ended.Status!.Approvals.Any(static a => a.User == "alice") && ended.Status.Outcome == RemediationOutcome.Succeeded;
        return new DemoOutcome { L2Waited = waited, L2Resolved = approved };
    }

    private async Task ByHandAsync(CancellationToken ct)
    {
        account.Tell(Speaker.You, "kubectl apply -f wrong-prices.yaml", Tone.Command);
        await ApplyAsync("by-hand.yaml", ct);
        await watch.Incidents.UntilAsync(
            "the escalation of the incident wrong-prices", static i => i.Metadata.Name == "wrong-prices" && IncidentTeller.Is(i.Status, ConditionTypes.Escalated), Soon, ct);
    }

    private void ShowDecision(RemediationRequest request)
    {
        account.Tell(Speaker.Alice, $"firstline show remreq {request.Metadata.Name} -n shop", Tone.Command);
        account.Show(RequestCard.Decision(request));
    }

    /// <summary>Looks again a while later: the workload must still be what it was when the request began to wait.</summary>
    private async Task<bool> ChangedNothingAsync(CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), clock, ct);
        bool untouched = watch.Workloads.All.Single(static w => w.Key.Name == "checkout").Generation == 1;
        account.Tell(Speaker.Cluster, untouched ? "Deployment/checkout: unchanged after 3 s, the fix waits" : "Deployment/checkout was changed without approval", untouched ? Tone.Quiet : Tone.Bad);
        return untouched;
    }

    private async Task ApproveAsync(RemediationRequest request, CancellationToken ct)
    {
        account.Tell(Speaker.Alice, $"kubectl -n shop annotate remreq {request.Metadata.Name} firstline.dev/approved=alice", Tone.Command);
        using KubeClient alice = environment.ClientOf("alice");
        await Approval.GiveAsync(alice, request, "alice", [], ct);
    }

    /// <summary>Posts an alert as Alertmanager does.</summary>
    /// <exception cref="HttpRequestException">It was not taken; the message says what was answered.</exception>
    internal static async Task PostAsync(Uri webhook, string token, string body, CancellationToken ct)
    {
        using HttpClient http = new();
        using HttpRequestMessage post = new(HttpMethod.Post, webhook) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await http.SendAsync(post, ct);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            throw new HttpRequestException($"the alert was answered {(int)answer.StatusCode} instead of 202: {await answer.Content.ReadAsStringAsync(ct)}");
        }
    }

    private async Task AlertAsync(string state, string body, CancellationToken ct)
    {
        Uri webhook = environment.WebhookAddress!;
        await PostAsync(webhook, environment.WebhookToken, body, ct);
        account.Tell(Speaker.Alerts, $"POST {webhook.AbsolutePath} KubeContainerOOMKilled {state}: 202");
    }

    private Task<WorkloadView> HealthyAsync(string name, TimeSpan limit, CancellationToken ct) =>
        watch.Workloads.UntilAsync($"Deployment/{name} becoming healthy", w => w.Key.Name == name && w.IsHealthy, limit, ct);

    private Task<Incident> ResolvedAsync(string name, CancellationToken ct) =>
        watch.Incidents.UntilAsync(
            $"the end of the incident of Deployment/{name}", i => i.Spec.Target.Name == name && IncidentTeller.Is(i.Status, ConditionTypes.Resolved), Later, ct);

    private Task ApplyAsync(string file, CancellationToken ct) => new Seed(_you, clock).ApplyAsync(Library.Demo(file), ct);

    private static bool Is(RemediationRequest request, string target, RemediationLevel level) =>
        request.Spec.Plan.Target.Name == target && request.Spec.Level == level;

    private static bool WaitsForApproval(RemediationRequest request) =>
        Is(request, "checkout", RemediationLevel.L2) && request.Status?.Gates.Any(static g => g is { Name: ApprovalGate.GateName, Decision: GateDecision.Closed }) == true;

    private static NamespacedName In(string name) => new(DemoWatch.Namespace, name);
}
