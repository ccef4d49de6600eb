using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Tests.Admission;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Schemas;

public sealed class CrdAcceptanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Status_establishes_a_definition_without_conflicts()
    {
        JsonObject crd = Recorded.Read("widget-crd.json").AsObject();
        JsonObject status = CrdAcceptance.Status(crd, [], Now);
        status.Objects("conditions").Select(c => $"{c.Text("type")}={c.Text("status")} {c.Text("reason")}")
            .Should().Equal("NamesAccepted=True NoConflicts", "Established=True InitialNamesAccepted");
        status.Strings("storedVersions").Should().Equal("v1");
        status.Text("acceptedNames", "plural").Should().Be("widgets");
        status.Objects("conditions").First().Text("lastTransitionTime").Should().Be("2026-11-20T12:00:00Z");
    }

    [Theory]
    [InlineData("plural", "widgets", "PluralConflict")]
    [InlineData("kind", "Widget", "KindConflict")]
    [InlineData("singular", "widget", "ShortNamesConflict")]
    public void Status_refuses_names_that_are_taken(string field, string name, string reason)
    {
        JsonObject other = Recorded.WidgetDefinition();
        JsonObject crd = Recorded.Read("widget-crd.json").AsObject();
        crd["metadata"]!["name"] = "gadgets.example.dev";
        crd["spec"]!["names"] = new JsonObject { ["plural"] = "gadgets", ["kind"] = "Gadget", ["singular"] = "gadget" };
        crd["spec"]!["names"]![field] = name;

        JsonObject status = CrdAcceptance.Status(crd, [other], Now);

        status.Objects("conditions").Select(c => $"{c.Text("type")}={c.Text("status")} {c.Text("reason")}")
            .Should().Equal($"NamesAccepted=False {reason}", "Established=False NotAccepted");
    }

    [Fact]
    public void Status_keeps_transition_times_and_collects_stored_versions()
    {
        JsonObject crd = Recorded.WidgetDefinition();
        crd["spec"]!["versions"]![0]!["name"] = "v2";
        JsonObject status = CrdAcceptance.Status(crd, [crd], Now);
        status.Objects("conditions").Select(c => c.Text("lastTransitionTime")).Should().OnlyContain(t => t == "1970-01-01T00:00:00Z");
        status.Strings("storedVersions").Should().Equal("v1", "v2");
    }
}
