using System.Xml.Linq;
using Firstline.Architecture.Tests.Metadata;
using Firstline.Architecture.Tests.Rules;
using Firstline.Architecture.Tests.Sources;
using FluentAssertions;
using Xunit;

namespace Firstline.Architecture.Tests;

/// <summary>Proves on code that breaks each rule that the rule can fail, and that it names the offender.</summary>
public sealed class RuleTests
{
    private const string Fixtures = "Firstline.Architecture.Tests.Fixtures";

    private static readonly CodeAssembly Own = AssemblyReader.Read(typeof(RuleTests).Assembly.Location);

    private static IEnumerable<CodeType> Broken => Own.Types.Where(type => type.Namespace.StartsWith(Fixtures, StringComparison.Ordinal));

    [Fact]
    public void StageOrder_names_the_type_that_reaches_ahead() => new StageOrder(Fixtures, ["Early", "Late", "Loop"]).Violations(Broken).Should().Equal(
        $"{Fixtures}.Early.HurriedStage uses {Fixtures}.Late.LaterStage.Length: a stage may name only itself, earlier ones and {Fixtures}");

    [Fact]
    public void StageOrder_names_a_stage_that_it_does_not_know() => new StageOrder(Fixtures, ["Early", "Late"]).Violations(Broken)
        .Should().Contain($"{Fixtures}.Loop.Here.Back is in stage Loop, which has no place in the order Early -> Late");

    [Fact]
    public void Forbidden_sees_a_clock_read_in_an_iterator() => Forbidden.WallClock.Violations(Broken).Should().ContainSingle()
        .Which.Should().StartWith($"{Fixtures}.Late.ClockReader uses System.DateTimeOffset.get_UtcNow: only Host and Cli");

    [Theory]
    [InlineData("a task", "System.Threading.Tasks.Task")]
    [InlineData("chance", "System.Guid.NewGuid")]
    [InlineData("a file in a generic argument", "System.IO.FileInfo")]
    public void Forbidden_sees_effects(string situation, string name) => Forbidden.EffectsInCore.Violations(Broken)
        .Should().Contain(sentence => sentence.StartsWith($"{Fixtures}.Late.Waiter uses {name}", StringComparison.Ordinal), situation);

    [Fact]
    public void Forbidden_does_not_take_a_longer_name_for_the_forbidden_one() =>
        new Forbidden("", ["System.DateTime"]).Violations(Broken.Where(type => type.Name == "ClockReader")).Should().BeEmpty();

    [Fact]
    public void NamespaceCycles_names_both_uses() => NamespaceCycles.Violations(Broken).Should().Contain(
    [
        $"{Fixtures}.Loop.Here.Back uses {Fixtures}.Loop.There.Forth, and {Fixtures}.Loop.There comes back to {Fixtures}.Loop.Here: namespaces may not depend on each other in a circle",
    ]).And.OnlyContain(sentence => sentence.Contains(".Loop", StringComparison.Ordinal));

    [Fact]
    public void References_names_what_was_built_in() => References.Violations(Own with { References = ["System.Runtime", "Firstline.DevServer"] }, ["Firstline.Api"])
        .Should().Equal("Firstline.Architecture.Tests is built with a reference to Firstline.DevServer: it may reference only [Firstline.Api]");

    [Fact]
    public void References_names_what_would_ship_unused()
    {
        XDocument file = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="..\Firstline.DevServer\Firstline.DevServer.csproj" /></ItemGroup></Project>""");

        References.Violations("Firstline.Host", file, ["Firstline.Api"])
            .Should().Equal("Firstline.Host.csproj references Firstline.DevServer: it may reference only [Firstline.Api]");
    }

    [Theory]
    [InlineData("two classes", "public class A; public class B;", true)]
    [InlineData("a record and a delegate", "public record A; public delegate void B();", true)]
    [InlineData("a public and an internal one", "public class A; internal class B;", false)]
    [InlineData("one within the other", "public class A { public class B; }", false)]
    public void OnePublicTypePerFile_sees(string situation, string code, bool broken) =>
        SourceRules.OnePublicTypePerFile(SourceFile.Parse("P", "X.cs", $"namespace P; {code}")).Any().Should().Be(broken, situation);

    [Theory]
    [InlineData("the folder's own", "A/B/X.cs", "P.A.B", false)]
    [InlineData("the project's own", "X.cs", "P", false)]
    [InlineData("another", "A/B/X.cs", "P.A", true)]
    public void NamespaceIsFolder_sees(string situation, string path, string name, bool broken) =>
        SourceRules.NamespaceIsFolder(SourceFile.Parse("P", path, $"namespace {name}; class X;")).Any().Should().Be(broken, situation);
}
