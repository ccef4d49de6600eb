using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
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
        StatusWriter writer = new(world.Client, new AlwaysLeader());
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

    [Fact]
    public async Task ApplyUnchangedAsync_writes_only_to_the_object_as_it_was_read()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        Task<Incident> ReadAsync() => world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        StatusWriter writer = new(world.Client, new AlwaysLeader());
        Task<string?> ApplyAsync(ObjectMeta metadata, string stage) => writer.ApplyUnchangedAsync(
            Incident.Type, metadata, new() { Stage = stage }, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, world.Patience);
        Incident read = await ReadAsync();

        (await ApplyAsync(read.Metadata, "First")).Should().NotBeNullOrEmpty();
        Func<Task> second = () => ApplyAsync(read.Metadata, "Second");
        (await second.Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.Conflict, "it has changed");
        (await ReadAsync()).Status!.Stage.Should().Be("First");

        ObjectMeta before = (await ReadAsync()).Metadata;
        await world.Client.DeleteAsync(Incident.Type, RemediationWorld.IncidentKey, world.Patience);
        (await ApplyAsync(before, "Third")).Should().BeNull("it is gone");
        await world.Client.CreateAsync(
            Incident.Type, before.Namespace!, new Incident { Metadata = new() { Name = before.Name, Namespace = before.Namespace }, Spec = read.Spec }, FirstlineJson.Incident, world.Patience);
        Func<Task> other = () => ApplyAsync(before, "Fourth");
        (await other.Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.Conflict, "it is another object of the same name");
        (await ReadAsync()).Status?.Stage.Should().BeNull();
    }
}
