using System.CommandLine;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Terminal;
using Firstline.Kube.Client;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline show inc|remreq NAME</c>: one object on one screen.</summary>
internal static class ShowCommand
{
    public static Command Create(Screen screen)
    {
        Argument<string> kind = new("kind") { Description = "inc (an Incident) or remreq (a RemediationRequest)." };
        kind.AcceptOnlyFromAmong("inc", "incident", "remreq", "remediationrequest");
        Argument<string> name = new("name") { Description = "Its name." };
        ClusterOptions cluster = new();
        Command command = new("show", "Show an incident or a remediation request on one screen.") { kind, name };
        cluster.AddTo(command);
        command.SetAction(async (given, ct) =>
        {
            using KubeClient client = cluster.Connect(given);
            NamespacedName key = new(client.Namespace, given.GetRequiredValue(name));
            Card card = given.GetRequiredValue(kind).StartsWith("inc", StringComparison.Ordinal)
                ? IncidentCard.Of(await client.GetAsync(Incident.Type, key, FirstlineJson.Incident, ct), DateTimeOffset.UtcNow)
                : RequestCard.Of(await client.GetAsync(RemediationRequest.Type, key, FirstlineJson.RemediationRequest, ct), DateTimeOffset.UtcNow);
            CardPrinter.Print(screen.Out, card);
            return ExitCodes.Success;
        });
        return command;
    }
}
