using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Firstline.Architecture.Tests.Sources;

/// <summary>A source file: its folder within the project and the outermost types that it declares.</summary>
internal sealed record SourceFile(string Project, string Path, CompilationUnitSyntax Content)
{
    /// <summary>The files of a project that people wrote.</summary>
    public static ImmutableArray<SourceFile> Of(string project)
    {
        string root = Product.Folder(project);
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(path => System.IO.Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path => Parse(project, path, File.ReadAllText(System.IO.Path.Combine(root, path)))),
        ];
    }

    public static SourceFile Parse(string project, string path, string text) => new(project, path, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    /// <summary>Namespace that the folder asks for.</summary>
    public string ExpectedNamespace => string.Join('.', [Project, .. Path.Split('/')[..^1]]);

    /// <summary>Namespaces that the file declares.</summary>
    public IEnumerable<string> Namespaces => Content.Members.OfType<BaseNamespaceDeclarationSyntax>().Select(member => member.Name.ToString());

    /// <summary>Names of the outermost public types.</summary>
    public IEnumerable<string> PublicTypes => Content.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>().Where(member => member.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PublicKeyword)))
        .Select(member => member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => "",
        }).Where(name => name.Length > 0);
}
