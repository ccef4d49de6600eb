using System.Text;
using System.Text.Json.Nodes;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class DeclaredConfigTests
{
    private const string Data = """{"f:data":{"f:mode":{}}}""";
    private const string WithRecord =
        """{"f:data":{"f:mode":{}},"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}}}}""";

    [Theory]
    // situation                                         the others, as manager operation minute fields       declared
    [InlineData("kubectl apply alone", "", "", 0, "", true)]
    [InlineData("edited since", "kubectl-edit", "Update", 9, Data, true)]
    [InlineData("moved to server-side apply", "flux", "Apply", 9, Data, false)]
    [InlineData("applied from a server first, by kubectl apply since", "flux", "Apply", 1, Data, true)]
    [InlineData("both at once", "flux", "Apply", 5, Data, true)]
    [InlineData("moved, and every key edited since", "flux", "Apply", 9, """{"f:metadata":{"f:labels":{"f:team":{}}}}""", false)]
    public void What_was_applied_counts_while_nobody_applied_otherwise_since(
        string situation, string manager, string operation, int minute, string fields, bool declared)
    {
        List<string> managers = [Entry("kubectl-client-side-apply", "Update", 5, WithRecord)];
        if (manager.Length > 0)
        {
            managers.Add(Entry(manager, operation, minute, fields));
        }

        ConfigMapFacts facts = Read("""{"data":{"mode":"a"}}""", managers);
        (facts.DeclaredData is not null).Should().Be(declared, situation);
        if (!declared)
        {
            facts.WhyNotDeclared.Should().Contain(manager, situation).And.Contain("server-side apply");
        }
    }

    [Fact]
    public void A_record_by_an_unknown_hand_counts_only_where_nobody_applies_on_the_server()
    {
        Read("""{"data":{"mode":"a"}}""", []).DeclaredData.Should().ContainKey("mode", "somebody strips managed fields");
        Read("""{"data":{"mode":"a"}}""", [Entry("flux", "Apply", 1, Data)]).DeclaredData.Should().BeNull();
    }

    [Theory]
    [InlineData("no record", null, "carries no record of what was applied")]
    [InlineData("broken", "{", "record of what was applied can't be read")]
    [InlineData("of another shape", """{"data":{"mode":1}}""", "record of what was applied can't be read")]
    [InlineData("nothing", "null", "record of what was applied can't be read")]
    public void A_map_without_a_readable_record_says_why(string situation, string? record, string why)
    {
        ConfigMapFacts facts = Read(record, []);
        facts.DeclaredData.Should().BeNull(situation);
        facts.WhyNotDeclared.Should().Contain(why, situation);
    }

    private static string Entry(string manager, string operation, int minute, string fields) =>
        $$"""{"manager":"{{manager}}","operation":"{{operation}}","time":"2026-11-20T12:0{{minute}}:00Z","fieldsV1":{{fields}}}""";

    private static ConfigMapFacts Read(string? record, IEnumerable<string> managers)
    {
        JsonObject annotations = new() { ["firstline.dev/guarded"] = "true" };
        if (record is not null)
        {
            annotations["kubectl.kubernetes.io/last-applied-configuration"] = record;
        }

        return ConfigMapProjection.Read(Encoding.UTF8.GetBytes(
            $$$"""{"metadata":{"name":"c","annotations":{{{annotations.ToJsonString()}}},"managedFields":[{{{string.Join(',', managers)}}}]},"data":{"mode":"b"}}"""));
    }
}
