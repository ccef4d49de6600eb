using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Firstline.Measure;

/// <summary>A method, constructor, accessor or local function with a body.</summary>
/// <param name="Name">Type and name, such as <c>Duration.TryParse</c>.</param>
/// <param name="Lines">From its first to its last line, without comments above.</param>
/// <param name="Branches">Points at which it may go another way.</param>
internal sealed record Method(string Name, int Lines, int Branches)
{
    public static IEnumerable<Method> Of(SourceFile file) => file.Nodes<BaseMethodDeclarationSyntax>()
        .Where(method => method.Body is not null || method.ExpressionBody is not null).Select(Of);

    private static Method Of(BaseMethodDeclarationSyntax method)
    {
        string name = method switch
        {
            MethodDeclarationSyntax named => named.Identifier.Text,
            _ => method.Kind().ToString().Replace("Declaration", "", StringComparison.Ordinal),
        };
        string type = method.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.Text ?? "";
        FileLinePositionSpan span = method.SyntaxTree.GetLineSpan(method.Span);
        return new($"{type}.{name}", span.EndLinePosition.Line - span.StartLinePosition.Line + 1, method.DescendantNodes().Count(IsBranch));
    }

    private static bool IsBranch(SyntaxNode node) => node.Kind() is SyntaxKind.IfStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement
        or SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.CatchClause or SyntaxKind.CaseSwitchLabel or SyntaxKind.CasePatternSwitchLabel
        or SyntaxKind.SwitchExpressionArm or SyntaxKind.ConditionalExpression or SyntaxKind.CoalesceExpression
        or SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression;
}
