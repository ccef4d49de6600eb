using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>Several workloads in trouble, one cause.</summary>
public sealed class SharedCauseTests : LoopTest
{
    [Fact]
    public async Task Three_workloads_that_lack_one_ConfigMap_are_one_incident_with_two_children()
    {
        string[] names = ["web", "search", "checkout"];
        foreach (string name in names)
        {
            await Loop.ApplyAsync(QuietTests.Workload(name, "note: \"lacks its ConfigMap\"").Replace("readinessProbe:", "envFrom: [{configMapRef: {name: common}}], readinessProbe:", StringComparison.Ordinal));
        }

        Incident[] incidents = await Task.WhenAll(names.Select(n => Loop.IncidentAsync(
            n, "diagnosed", static i => i.Status?.Hypotheses is [{ DueTo.Name: "common" }, ..])));
        Incident first = incidents.OrderBy(static i => (i.Metadata.CreationTimestamp, i.Metadata.Name)).First();
        Incident[] children = await Task.WhenAll(incidents.Where(i => i != first).Select(c => Loop.IncidentAsync(
            c.Spec.Target.Name, "attached to the first, which may be diagnosed after the others", i => i.Status?.Parent?.Name == first.Metadata.Name)));

        children.Should().HaveCount(2).And.OnlyContain(static c => c.Status!.Conditions.Any(static x => x.Type == ConditionTypes.Attached && x.Status == ConditionStatus.True));
        (await Loop.IncidentAsync(first.Spec.Target.Name, "not attached", static i => i.Status?.Stage is not null)).Status!.Parent.Should().BeNull();
    }
}
