using Firstline.Cli.Cards;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Cards;

public sealed class IncidentCardTests
{
    private const string Take = "kubectl patch inc web -n shop --type=merge -p '{\"spec\":{\"commander\":\"<your user name>\"}}'";

    [Theory]
    [InlineData("alice@example.com", "New", "alice@example.com")]
    [InlineData(null, "New", "nobody|" + Take)]
    [InlineData(null, "Resolved", "nobody")]
    public void It_says_who_leads_the_response_and_how_to(string? commander, string stage, string rows) => IncidentCard.Of(
            new() { Metadata = new() { Name = "web", Namespace = "shop" }, Spec = new() { Commander = commander }, Status = new() { Stage = stage } }, DateTimeOffset.UnixEpoch)
        .Rows.SkipWhile(static r => r.Label != "Commander").TakeWhile(static r => r.Label is "Commander" or "").Select(static r => r.Text).Should().Equal(rows.Split('|'));
}
