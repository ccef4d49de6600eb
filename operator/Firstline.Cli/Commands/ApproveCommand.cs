using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Cluster;
using Firstline.Cli.Terminal;
using Firstline.Kube.Client;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline approve NAME</c>: what <c>kubectl annotate</c> does, after showing what is approved, and with the user's own name.</summary>
internal static class ApproveCommand
{
    private static readonly ResourceType SelfSubjectReviews = new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews", ResourceScope.Cluster);

    public static Command Create(Screen screen)
    {
        Argument<string> name = new("name") { Description = "Name of the RemediationRequest." };
        ClusterOptions cluster = new();
        Command command = new("approve", "Approve a remediation request in your own name.") { name };
        cluster.AddTo(command);
        command.SetAction(async (given, ct) =>
        {
            using KubeClient client = cluster.Connect(given);
            NamespacedName key = new(client.Namespace, given.GetRequiredValue(name));
            RemediationRequest request = await client.GetAsync(RemediationRequest.Type, key, FirstlineJson.RemediationRequest, ct);
            CardPrinter.Print(screen.Out, RequestCard.Of(request, DateTimeOffset.UtcNow));
            (string user, string[] groups) = await WhoAmIAsync(client, ct);
            await Approval.GiveAsync(client, request, user, groups, ct);
            screen.Line();
            screen.Line($"{user} approved plan {request.Spec.PlanHash} of {key}; watch it with: kubectl get remreq {key.Name} -n {key.Namespace} -w");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<(string User, string[] Groups)> WhoAmIAsync(IKubeClient client, CancellationToken ct)
    {
        byte[] review = Encoding.UTF8.GetBytes("""{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}""");
        KubeResponse answer = await client.CreateAsync(SelfSubjectReviews, "", review, ct);
        JsonNode? me = JsonNode.Parse(answer.Body.Span)?["status"]?["userInfo"];
        string user = me?["username"]?.ToString()
            ?? throw new CommandException("the API server does not say who you are: approve with kubectl annotate remreq NAME firstline.dev/approved=\"<your user name>\"");
        return (user, [.. (me["groups"] as JsonArray ?? []).Select(static g => g?.ToString() ?? "").Where(static g => g.Length > 0)]);
    }
}
