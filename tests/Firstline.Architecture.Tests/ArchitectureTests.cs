using System.Collections.Immutable;
using System.Xml.Linq;
using Firstline.Architecture.Tests.Metadata;
using Firstline.Architecture.Tests.Rules;
using Firstline.Architecture.Tests.Sources;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Architecture.Tests;

public sealed class ArchitectureTests
{
    private static readonly ImmutableArray<string> MayReadTheClock = ["Firstline.Host", "firstline"];

    private static IEnumerable<string> ClockReads => Forbidden.WallClock
        .Violations(Product.Assemblies.Where(assembly => !MayReadTheClock.Contains(assembly.Name)).SelectMany(assembly => assembly.Types));

    public static TheoryData<string> Projects => [.. Product.MayReference.Keys];

    [Fact]
    public void Every_project_has_a_place_in_the_rules() => Directory.GetDirectories(Path.Combine(Checkout.Folder, "operator"), "Firstline.*")
        .Select(Path.GetFileName).Should().BeEquivalentTo(Product.MayReference.Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Projects_reference_only_those_they_may(string project)
    {
        ImmutableArray<string> allowed = Product.MayReference[project];
        XDocument file = XDocument.Load(Path.Combine(Product.Folder(project), $"{project}.csproj"));

        References.Violations(project, file, allowed).Concat(References.Violations(Product.Assembly(project), allowed)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Firstline.Kube")]
    [InlineData("Firstline.DevServer")]
    public void Client_and_server_know_of_the_custom_resources_only_the_metadata_shapes(string project) =>
        new Forbidden($"{project} may use of Firstline.Api only its Meta folder", ["Firstline.Api.V1Alpha1", "Firstline.Api.Schema"])
            .Violations(Product.Assembly(project).Types).Should().BeEmpty();

    [Fact]
    public void Core_stages_use_only_themselves_and_earlier_ones() =>
        StageOrder.Core.Violations(Product.Assembly("Firstline.Core").Types).Should().BeEmpty();

    [Fact]
    public void Core_has_no_effects() => Forbidden.EffectsInCore.Violations(Product.Assembly("Firstline.Core").Types).Should().BeEmpty();

    [Fact]
    public void Only_Host_and_Cli_read_the_wall_clock() => ClockReads.Without(Debt.WallClock).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_have_no_cycles(string project) =>
        NamespaceCycles.Violations(Product.Assembly(project).Types).Without(Debt.Cycles).Should().BeEmpty();

    [Fact]
    public void Debt_that_is_paid_is_struck_off()
    {
        Debt.WallClock.Paid(ClockReads).Should().BeEmpty();
        Debt.Cycles.Paid(Product.Assemblies.SelectMany(assembly => NamespaceCycles.Violations(assembly.Types))).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Files_hold_one_public_type(string project) => SourceFile.Of(project).SelectMany(SourceRules.OnePublicTypePerFile).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_are_folders(string project) => SourceFile.Of(project).SelectMany(SourceRules.NamespaceIsFolder).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void Built_types_were_read(string project)
    {
        CodeAssembly assembly = Product.Assembly(project);

        assembly.References.Should().Contain("System.Runtime", "a reader that sees nothing would find nothing wrong");
    }
}
