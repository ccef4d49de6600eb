using System.Xml.Linq;
using Firstline.Core.Actions;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Generate.Output;
using Firstline.Generate.Reference;
using Firstline.Generate.Schemas;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Reference;

public sealed class ReferencePageTests
{
    private static readonly GeneratedFile Actions = ActionsPage.File(ActionCatalogue.All, ApiDocumentation.Of(typeof(IAction).Assembly));
    private static readonly GeneratedFile Reasons = ReasonsPage.File(typeof(IAction).Assembly);

    public static TheoryData<string> ActionNames => [.. ActionCatalogue.All.Select(static a => a.Name)];

    [Theory]
    [MemberData(nameof(ActionNames))]
    public void Actions_are_told_with_parameters_permissions_and_whether_they_can_be_undone(string name)
    {
        IAction action = ActionCatalogue.Find(name)!;
        string section = Actions.Content.Split("\n## ").Single(s => s.StartsWith(name + "\n", StringComparison.Ordinal));

        section.Should().MatchRegex("Reversible:|Can't be undone|nothing to undo");
        section.Should().Contain(string.Join(", ", action.TargetKinds));
        action.Rules.Where(r => !section.Contains(r.Reason, StringComparison.Ordinal)).Should().BeEmpty();
        action.Parameters.Where(p => !section.Contains($"| `{p.Name}` |", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Reasons_are_told_with_what_they_mean_and_what_to_do() => Reasons.Content.Should()
        .Contain("## Gate\n").And.Contain("## Lifecycle\n")
        .And.Contain($"| `{GateReasons.CoolingDown}` | The target was changed too short a time ago. | Wait until the time in `nextEligibleTime`, or act by hand. |\n");

    [Fact]
    public void Causes_are_told_by_category_each_once()
    {
        string page = CausesPage.File(ApiDocumentation.Of(typeof(IAction).Assembly)).Content;

        foreach (string cause in Causes.All)
        {
            string section = page.Split("\n## ").Single(s => s.Contains($"| `{cause}` | ", StringComparison.Ordinal));
            section.Should().StartWith(Causes.CategoryOf(cause) + "\n");
        }
    }

    [Fact]
    public void Detectors_are_told_with_what_they_leave_alone_and_how_long_they_wait()
    {
        string page = DetectorsPage.File(DetectorCatalogue.All, ApiDocumentation.Of(typeof(IAction).Assembly)).Content;

        page.Split("\n## ").Skip(1).Select(static s => s.Split('\n')[0]).Should().Equal(DetectorCatalogue.All.Select(static d => d.Name));
        page.Should().Contain("| Patience | 3 min | How long provisioning may take. |").And.Contain("| LongRun | 12 h | How long a Job may run that sets no deadline. |");
        page.Should().Contain("is pending until then: the pod is reported when it does not start.");
    }

    [Fact]
    public void Describe_asks_for_what_to_do_about_a_reason()
    {
        string id = $"F:{typeof(GateReasons).FullName}.{nameof(GateReasons.Open)}";
        ApiDocumentation mute = ApiDocumentation.Parse(XDocument.Parse($"""<doc><members><member name="{id}"><summary>Nothing speaks against it.</summary></member></members></doc>"""));

        FluentActions.Invoking(() => mute.Describe(typeof(GateReasons).GetField(nameof(GateReasons.Open))!))
            .Should().Throw<GenerateException>().WithMessage("GateReasons.Open has no <remarks>: *");
    }

    [Fact]
    public void AppendRow_keeps_a_bar_within_its_cell() => new System.Text.StringBuilder().AppendRow("a|b", "c").ToString().Should().Be("| a\\|b | c |\n");
}
