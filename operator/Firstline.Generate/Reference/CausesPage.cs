using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Firstline.Core.Facts;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Reference;

/// <summary>Writes the taxonomy of causes: each label by its category, with what it means.</summary>
internal static class CausesPage
{
    /// <summary>The page.</summary>
    /// <exception cref="GenerateException">A label lacks its summary.</exception>
    public static GeneratedFile File(ApiDocumentation documentation)
    {
        StringBuilder page = new();
        page.Append("# Causes\n\nWritten by `make generate` from the code: the labels of the taxonomy, by category. A hypothesis carries one in `cause`, an incident the category of its\n");
        page.Append("likeliest hypothesis in `status.category`, a Runbook those that it is for in `match.causes`, and an alert may name one ([alertmanager.md](alertmanager.md)). A label of\n");
        page.Append($"your own has a domain: `example.com/PaymentProviderDown`. While no cause is known the category is `{Causes.UnknownCategory}`.\n");
        foreach (IGrouping<string, FieldInfo> category in Labels().GroupBy(static l => Causes.CategoryOf(Value(l))).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {category.Key}\n\n").AppendHead("cause", "what it means");
            foreach (FieldInfo label in category.OrderBy(Value, StringComparer.Ordinal))
            {
                page.AppendRow($"`{Value(label)}`", documentation.Summary(label));
            }
        }

        return new("docs/causes.md", page.ToString());
    }

    private static ImmutableArray<FieldInfo> Labels() =>
        [.. typeof(Causes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral && Causes.IsKnown(Value(f)))];

    private static string Value(FieldInfo label) => (string)label.GetRawConstantValue()!;
}
