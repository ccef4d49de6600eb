using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Kube;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Status;

public sealed class StatusWriterTests
{
    [Fact]
    public async Task ApplyAsync_leaves_what_others_own_and_says_when_the_object_is_gone_or_another()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        StatusWriter writer = new(world.Client);
        Task<string?> ApplyAsync(ObjectMeta metadata, IncidentStatus status) =>
            writer.ApplyAsync(Incident.Type, metadata, status, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, world.Patience);

        (await ApplyAsync(incident.Metadata, new() { Stage = "Planned", NextStep = "wait" })).Should().NotBeNullOrEmpty();
        (await ApplyAsync(incident.Metadata, new() { Stage = "Resolved" })).Should().NotBeNullOrEmpty();
        Incident after = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        after.Status.Should().BeEquivalentTo(new { Stage = "Resolved", NextStep = (string?)null }, "what is left out is removed");
        after.Status!.Signals.Should().ContainSingle("it belongs to detection");

        (await ApplyAsync(incident.Metadata with { Name = "gone" }, new() { Stage = "x" })).Should().BeNull();
        (await ApplyAsync(incident.Metadata with { Uid = "another" }, new() { Stage = "x" })).Should().BeNull();
        Func<Task> invalid = () => ApplyAsync(incident.Metadata, new() { Stage = new string('x', 100) });
        (await invalid.Should().ThrowAsync<TerminalException>()).WithMessage("the status of Incident shop/web-crash was refused: *");
    }
}
