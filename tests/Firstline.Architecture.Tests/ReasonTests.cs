using System.Collections.Immutable;
using Firstline.Architecture.Tests.Sources;
using FluentAssertions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Firstline.Architecture.Tests;

/// <summary>A reason that nothing gives, or that nobody explains, only misleads who looks it up.</summary>
public sealed class ReasonTests
{
    private static readonly ImmutableArray<SourceFile> Files = [.. Product.MayReference.Keys.SelectMany(static project => SourceFile.Of(project))];

    /// <summary>Class and constant.</summary>
    private static IEnumerable<(string Class, FieldDeclarationSyntax Constant)> Reasons =>
        from file in Files
        from type in file.Content.DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.Identifier.Text.EndsWith("Reasons", StringComparison.Ordinal)
        from constant in type.Members.OfType<FieldDeclarationSyntax>()
        select (type.Identifier.Text, constant);

    [Fact]
    public void Every_reason_is_given_somewhere()
    {
        ImmutableHashSet<string> used =
        [
            .. Files.SelectMany(static f => f.Content.DescendantNodes()).OfType<MemberAccessExpressionSyntax>()
                .Select(static m => $"{(m.Expression as IdentifierNameSyntax)?.Identifier.Text}.{m.Name.Identifier.Text}"),
        ];

        Reasons.Select(static r => $"{r.Class}.{NameOf(r.Constant)}").Where(name => !used.Contains(name)).Should().BeEmpty();
    }

    [Fact]
    public void Every_reason_says_what_it_means_and_what_to_do()
    {
        Reasons.Should().HaveCountGreaterThan(80, "a reader that sees nothing would find nothing wrong");
        Reasons.Where(static r => r.Constant.GetLeadingTrivia().ToFullString() is var text
                && !(text.Contains("<summary>", StringComparison.Ordinal) && text.Contains("<remarks>", StringComparison.Ordinal)))
            .Select(static r => $"{r.Class}.{NameOf(r.Constant)}").Should().BeEmpty();
    }

    [Fact]
    public void Every_reason_is_a_constant_whose_name_is_its_value_or_another_reason() =>
        Reasons.Where(static r => r.Constant.Declaration.Variables[0].Initializer?.Value is LiteralExpressionSyntax literal && literal.Token.ValueText != NameOf(r.Constant))
            .Select(static r => $"{r.Class}.{NameOf(r.Constant)}").Should().BeEmpty();

    private static string NameOf(FieldDeclarationSyntax constant) => constant.Declaration.Variables[0].Identifier.Text;
}
