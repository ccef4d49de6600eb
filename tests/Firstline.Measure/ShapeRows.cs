using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Firstline.Measure;

/// <summary>Rows about the size of things, their words and their comments.</summary>
internal static partial class ShapeRows
{
    // "Alert" is Alertmanager's word and stands in the glossary as such.
    private static readonly ImmutableArray<string> Synonyms = ["Issue", "Anomaly", "Playbook", "Workflow", "Manager", "Helper", "Util", "Utils", "Common"];

    public static IEnumerable<Row> Of(Tree tree) => [LongestReconcile(tree), MethodLines(tree), NamespaceCircles(tree), Documented(tree), Vocabulary(tree), Logs(tree)];

    private static Row LongestReconcile(Tree tree)
    {
        Method longest = tree.In("Firstline.Controllers").SelectMany(Method.Of).DefaultIfEmpty(new("none", 0, 0)).MaxBy(method => method.Lines)!;
        Method busiest = tree.In("Firstline.Controllers").SelectMany(Method.Of).DefaultIfEmpty(new("none", 0, 0)).MaxBy(method => method.Branches)!;
        return new("2 longest reconcile-path method, lines / branches", $"{longest.Lines} {longest.Name} / {busiest.Branches} {busiest.Name}",
            "<= 40 / 8", longest.Lines <= 40 && busiest.Branches <= 8);
    }

    private static Row MethodLines(Tree tree)
    {
        int[] lines = [.. tree.Methods.Select(method => method.Lines).Order()];
        Method longest = tree.Methods.MaxBy(method => method.Lines)!;
        (int median, int p99) = (lines[lines.Length / 2], lines[lines.Length * 99 / 100]);
        return new("3 method lines, median / p99 / max", $"{median} / {p99} / {longest.Lines} {longest.Name}", "<= 8 / 40 / 60", median <= 8 && p99 <= 40 && longest.Lines <= 60);
    }

    private static Row NamespaceCircles(Tree tree)
    {
        ILookup<string, string> uses = tree.Product
            .SelectMany(file => from own in file.Nodes<BaseNamespaceDeclarationSyntax>() from use in file.Nodes<UsingDirectiveSyntax>() select (own.Name.ToString(), use.Name?.ToString() ?? ""))
            .Distinct().ToLookup(edge => edge.Item1, edge => edge.Item2);
        string[] names = [.. uses.Select(group => group.Key)];
        int tangled = names.Count(name => Reach(uses, name).Contains(name));
        return new("8 namespaces in a circle of using directives / all", $"{tangled} / {names.Length}", "0", tangled == 0);
    }

    private static HashSet<string> Reach(ILookup<string, string> uses, string from)
    {
        HashSet<string> seen = [];
        Stack<string> open = new([from]);
        while (open.TryPop(out string? at))
        {
            foreach (string next in uses[at].Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return seen;
    }

    private static Row Documented(Tree tree)
    {
        MemberDeclarationSyntax[] members = [.. tree.In("Firstline.Api", "Firstline.Core").SelectMany(file => file.Nodes<MemberDeclarationSyntax>()).Where(IsPublic)];
        int documented = members.Count(member => member.GetLeadingTrivia().ToFullString().Contains("///", StringComparison.Ordinal));
        return new("9 documented public members of Api and Core", $"{documented} of {members.Length}", "100 %", documented == members.Length);
    }

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member is not BaseNamespaceDeclarationSyntax && member.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Where(outer => outer is not BaseNamespaceDeclarationSyntax)
            .All(outer => outer.Modifiers.Any(modifier => modifier.ValueText == "public"));

    private static Row Vocabulary(Tree tree)
    {
        string[] names = [.. tree.Product.SelectMany(file => file.Nodes<BaseTypeDeclarationSyntax>()).Select(type => type.Identifier.Text).Where(IsSynonym).Distinct()];
        return new("10 type names with a word outside the glossary", names.Length == 0 ? "0" : $"{names.Length}: {string.Join(", ", names.Take(5))}", "0", names.Length == 0);
    }

    // A field manager is a word of Kubernetes and keeps its meaning.
    private static bool IsSynonym(string name) => !name.StartsWith("FieldManager", StringComparison.Ordinal) && Words().Matches(name).Any(word => Synonyms.Contains(word.Value));

    private static Row Logs(Tree tree)
    {
        int generated = tree.Product.Sum(file => file.Count(Generated()));
        int adHoc = tree.Product.Sum(file => file.Count(AdHoc()));
        int bare = tree.Product.Sum(file => file.Count(Suppression()) - file.Count(Justified()));
        int notes = tree.Product.Concat(tree.Tests).Sum(file => file.Count(Note()));
        return new("12 logs generated / ad hoc; suppressions without a reason; TODO", $"{generated} / {adHoc}; {bare}; {notes}", "all / 0; 0; 0", adHoc == 0 && bare == 0 && notes == 0);
    }

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"\[LoggerMessage\(")]
    private static partial Regex Generated();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex AdHoc();

    [GeneratedRegex(@"SuppressMessage\(|#pragma warning disable")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"SuppressMessage\([^\]]*Justification|#pragma warning disable \w+ *//")]
    private static partial Regex Justified();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HACK)\b")]
    private static partial Regex Note();
}
