using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Reference;

/// <summary>Writes what each reason on a condition, Event, gate or timeline entry means and what to do, from the constants of the classes that end in Reasons.</summary>
internal static class ReasonsPage
{
    private const string Suffix = "Reasons";

    /// <summary>The page.</summary>
    /// <exception cref="GenerateException">A constant lacks its summary or its remarks.</exception>
    public static GeneratedFile File(params ImmutableArray<Assembly> assemblies)
    {
        StringBuilder page = new();
        page.Append("# Reasons\n\nWritten by `make generate` from the code. A reason is the one word in a condition, an Event, a gate's verdict or a timeline entry;\n");
        page.Append("the message beside it has the objects and numbers.\n");
        foreach (Assembly assembly in assemblies)
        {
            ApiDocumentation documentation = ApiDocumentation.Of(assembly);
            foreach (Type type in assembly.GetTypes().Where(static t => t.Name.EndsWith(Suffix, StringComparison.Ordinal)).OrderBy(static t => t.FullName, StringComparer.Ordinal))
            {
                Append(page, type, documentation);
            }
        }

        return new("docs/reasons.md", page.ToString());
    }

    private static void Append(StringBuilder page, Type type, ApiDocumentation documentation)
    {
        page.Append($"\n## {Heading(type)}\n\n{documentation.Describe(type)}\n\n").AppendHead("reason", "what it means", "what to do");
        foreach (FieldInfo constant in Constants(type))
        {
            (string meaning, string advice) = documentation.Describe(constant);
            page.AppendRow($"`{constant.GetRawConstantValue()}`", meaning, advice);
        }
    }

    private static IEnumerable<FieldInfo> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral).OrderBy(static f => f.Name, StringComparer.Ordinal);

    // GateReasons is headed Gate, and Reasons by its folder: Lifecycle.
    private static string Heading(Type type) => type.Name == Suffix ? type.Namespace!.Split('.')[^1] : type.Name[..^Suffix.Length];
}
