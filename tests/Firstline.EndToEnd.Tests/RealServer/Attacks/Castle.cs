using System.Text.Json.Nodes;
using Firstline.Testing;

namespace Firstline.EndToEnd.Tests.RealServer.Attacks;

/// <summary>
/// What is attacked: a namespace with requests in each state of approval, a runbook and incidents. Alice and carol are approvers, and so is a ServiceAccount; mallory may
/// change requests, runbooks and incidents, and the ServiceAccount the last two; root is an administrator, though no member of system:masters.
/// </summary>
internal sealed class Castle : IAsyncDisposable
{
    /// <summary>The operator, and beyond its rights those of the superuser: what is refused even so, admission refuses.</summary>
    public const string AlmightyOperator = RealServerFixture.OperatorUser + " --as-group=system:masters";

    private const string PlanHash = "2c26b46b68ffc68ff99b453c1d304134";

    private readonly string _namespace = $"castle-{Guid.NewGuid():n}"[..15];

    private Castle(string kubeconfig) => Kubectl = new(kubeconfig, _namespace);

    public Kubectl Kubectl { get; }

    public string Robot => $"system:serviceaccount:{_namespace}:robot";

    /// <summary>Installs Firstline with its admission policies, and makes all that is attacked.</summary>
    public static async Task<Castle> RaiseAsync(string kubeconfig)
    {
        Kubectl admin = new(kubeconfig, "");
        await admin.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/default");
        await admin.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
        Castle castle = new(kubeconfig);
        try
        {
            await castle.BuildAsync();
            return castle;
        }
        catch
        {
            await castle.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Kubectl.RunAsync($"delete namespace {_namespace} --wait=false --ignore-not-found");

    private async Task BuildAsync()
    {
        await Kubectl.RunAsync("create -f -", TestRun.Namespace(_namespace));
        await InForceAsync(Request("canary", "firstline.dev/approved", "x"));
        await InForceAsync(RunbookBy("canary", "x"));
        await InForceAsync(Runbook("canary", "firstline.dev/approved-revision", "x"));
        await Kubectl.RunAsync("create serviceaccount robot");
        await Kubectl.RunAsync($"create rolebinding approvers --clusterrole=firstline-approver --user=alice --user=carol --group=approvers --serviceaccount={_namespace}:robot");
        await Kubectl.RunAsync("create role meddler --verb=get,list,create,update,patch --resource=runbooks.firstline.dev,incidents.firstline.dev");
        await Kubectl.RunAsync("create role editor --verb=get,list,patch --resource=remediationrequests.firstline.dev");
        await Kubectl.RunAsync($"create rolebinding meddlers --role=meddler --user=mallory --user=carol --serviceaccount={_namespace}:robot");
        await Kubectl.RunAsync("create rolebinding editors --role=editor --user=mallory");
        await Kubectl.RunAsync("create rolebinding root --clusterrole=cluster-admin --user=root --group=system:masterless");
        foreach (string name in new[] { "fresh", "unseen", "recorded", "withdrawn", "refused" })
        {
            await Kubectl.RunAsync("create -f -", Request(name, "x", "y"));
        }

        await Kubectl.RunAsync("annotate remreq unseen recorded withdrawn firstline.dev/approved=alice", user: "alice");
        await Kubectl.RunAsync("annotate remreq refused firstline.dev/rejected=no", user: "alice");
        await RecordAsync("recorded");
        await RecordAsync("withdrawn");
        await Kubectl.RunAsync("annotate remreq withdrawn firstline.dev/approved-", user: "alice");
        await Kubectl.RunAsync("create -f -", Runbook("undo", "x", "y"));
        await Kubectl.RunAsync("create -f -", RunbookBy("trusted", "system:serviceaccount:flux-system:kustomize-controller"), "system:serviceaccount:flux-system:kustomize-controller --as-group=system:masters");
        await Kubectl.RunAsync("create -f -", Incident("by-carol", "carol", "Manual"), "carol");
        await Kubectl.RunAsync("patch inc by-carol --type=merge --patch-file=/dev/stdin", """{"spec":{"commander":"carol"}}""", "carol");
    }

    /// <summary>All that an attack could leave behind, without what the server counts by itself.</summary>
    public async Task<string> PictureAsync()
    {
        JsonNode list = JsonNode.Parse(await Kubectl.RunAsync("get remreq,rbk,inc -o json"))!;
        foreach (JsonNode? item in list["items"]!.AsArray())
        {
            JsonObject metadata = item!["metadata"]!.AsObject();
            metadata.Remove("resourceVersion");
            metadata.Remove("managedFields");
        }

        return list["items"]!.ToJsonString();
    }

    /// <summary>As the operator does: what it saw of the annotation.</summary>
    public Task RecordAsync(string request, string user = "alice", string earlier = "") => Kubectl.RunAsync(
        $"patch remreq {request} --subresource=status --type=merge --patch-file=/dev/stdin",
        $$$"""{"status":{"approver":"{{{user}}}","approvals":[{{{earlier}}}{{{Approval(user)}}}]}}""", AlmightyOperator);

    public static string Approval(string user) =>
        $$"""{"user":"{{user}}","decision":"Approved","seenAt":"2026-11-20T10:01:00Z","planHash":"{{PlanHash}}","identity":"Verified"}""";

    public static string Request(string name, string key, string value)
    {
        JsonObject request = Golden("remediationrequest", name);
        request.Remove("status");
        return With(request, key, value);
    }

    public static string Runbook(string name, string key, string value) => With(Golden("runbook", name), key, value);

    public static string Rewritten(string name)
    {
        JsonObject runbook = Golden("runbook", name);
        runbook["spec"]!["description"] = "mine";
        return runbook.ToJsonString();
    }

    public static string RunbookBy(string name, string author) => With(Golden("runbook", name), "firstline.dev/author", author);

    public static string Incident(string name, string author, string source) =>
        $$$$"""
        {"apiVersion":"firstline.dev/v1alpha1","kind":"Incident","metadata":{"name":"{{{{name}}}}","annotations":{"firstline.dev/author":"{{{{author}}}}"}},
         "spec":{"source":"{{{{source}}}}","summary":"it is slow","target":{"kind":"Deployment","name":"web"}}}
        """;

    public static string IncidentLedBy(string name, string commander) =>
        $$$"""{"apiVersion":"firstline.dev/v1alpha1","kind":"Incident","metadata":{"name":"{{{name}}}"},"spec":{"summary":"it is slow","target":{"kind":"Deployment","name":"web"},"commander":"{{{commander}}}"}}""";

    /// <summary>Waits until the API server writes names, or does not any more.</summary>
    public async Task UntilStampedAsync(bool isWanted)
    {
        string[] examples = [Incident("canary", "", "Manual"), Runbook("canary", "x", "y")];
        for (int asked = 0; asked < 200; asked++)
        {
            string[] answers = await Task.WhenAll(examples.Select(e => Kubectl.RunAsync("create --dry-run=server -o yaml -f -", e)));
            if (Array.TrueForAll(answers, a => IsStamped(a) == isWanted))
            {
                return;
            }
        }

        throw new TimeoutException("the stamping policies are not as wanted");
    }

    private static bool IsStamped(string yaml) =>
        yaml.Contains("firstline.dev/author: ", StringComparison.Ordinal) && !yaml.Contains("firstline.dev/author: \"\"", StringComparison.Ordinal);

    // The API server loads admission policies a moment after they are stored: what they forbid is asked for until it is refused.
    private async Task InForceAsync(string forbidden)
    {
        for (int asked = 0; asked < 200; asked++)
        {
            if ((await Kubectl.TryAsync("create --dry-run=server -f -", forbidden, AlmightyOperator)).Output.Contains("ValidatingAdmissionPolicy", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new TimeoutException("the admission policies are not in force");
    }

    private static string With(JsonObject manifest, string key, string value)
    {
        manifest["metadata"]!["annotations"] = new JsonObject { [key] = value };
        return manifest.ToJsonString();
    }

    private static JsonObject Golden(string kind, string name)
    {
        string file = Path.Combine(Checkout.Folder, "tests", "Firstline.Api.Tests", "golden", $"{kind}.json");
        JsonObject golden = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        golden.Remove("status");
        golden["metadata"] = new JsonObject { ["name"] = name };
        return golden;
    }
}
