using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Firstline.Generate.Output;

namespace Firstline.Generate.Schemas;

/// <summary>The summaries of the wire shapes, as text for <c>kubectl explain</c>: read from the XML file that the compiler writes beside the assembly.</summary>
internal sealed partial class ApiDocumentation
{
    private readonly Dictionary<string, string> _summaries;
    private readonly Dictionary<string, string> _remarks;

    private ApiDocumentation(Dictionary<string, string> summaries, Dictionary<string, string> remarks) => (_summaries, _remarks) = (summaries, remarks);

    /// <summary>Reads the documentation of <paramref name="assembly"/>.</summary>
    /// <exception cref="GenerateException">There is no documentation file beside the assembly.</exception>
    public static ApiDocumentation Of(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(path)
            ? Parse(XDocument.Load(path))
            : throw new GenerateException($"{Path.GetFileName(path)} is not beside {Path.GetFileName(assembly.Location)}: build with GenerateDocumentationFile=true");
    }

    /// <summary>Reads a documentation file's content.</summary>
    public static ApiDocumentation Parse(XDocument document) => new(Texts(document, "summary", Plain), Texts(document, "remarks", Markdown));

    /// <summary>Summary of a type.</summary>
    public string Describe(Type type) => Find($"T:{type.FullName}") ?? throw Missing(type.Name);

    /// <summary>Remarks on a type; empty without any.</summary>
    public string Remarks(Type type) => _remarks.GetValueOrDefault($"T:{type.FullName}", "");

    /// <summary>Summary of a constant or static field.</summary>
    /// <exception cref="GenerateException">It is missing.</exception>
    public string Summary(FieldInfo field) => Find($"F:{field.DeclaringType!.FullName}.{field.Name}") ?? throw Missing($"{field.DeclaringType.Name}.{field.Name}");

    /// <summary>Summary of a property, or of the interface property that it implements; for an enum with what each value means.</summary>
    public string Describe(Field field)
    {
        PropertyInfo property = field.Property;
        string summary = Find($"P:{property.DeclaringType!.FullName}.{property.Name}")
            ?? property.DeclaringType.GetInterfaces().Select(contract => Find($"P:{contract.FullName}.{property.Name}")).FirstOrDefault(text => text is not null)
            ?? throw Missing(field.Name);
        return field.Type.IsEnum ? $"{summary}\n{Values(field.Type)}" : summary;
    }

    /// <summary>Summary and remarks of a constant: what it means, and what to do.</summary>
    /// <exception cref="GenerateException">One of them is missing.</exception>
    public (string Meaning, string Advice) Describe(FieldInfo constant)
    {
        string id = $"F:{constant.DeclaringType!.FullName}.{constant.Name}";
        string name = $"{constant.DeclaringType.Name}.{constant.Name}";
        return (Summary(constant), _remarks.GetValueOrDefault(id) ?? throw new GenerateException($"{name} has no <remarks>: write what a person who meets this reason does"));
    }

    private static Dictionary<string, string> Texts(XDocument document, string element, Func<XElement, string> read) => document.Descendants("member")
        .Where(member => member.Element(element) is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => read(member.Element(element)!), StringComparer.Ordinal);

    private string Values(Type type) => string.Join('\n', Enum.GetNames(type).Select(name =>
        $"{name} - {Find($"F:{type.FullName}.{name}") ?? throw Missing($"{type.Name}.{name}")}"));

    private string? Find(string id) => _summaries.GetValueOrDefault(id);

    private static GenerateException Missing(string name) => new($"{name} has no <summary>: write what a reader of kubectl explain can't see");

    // What is to be typed or looked for stands out on a page; kubectl explain shows plain text.
    private static string Markdown(XElement remarks)
    {
        XElement marked = new(remarks);
        foreach (XElement code in marked.Descendants("c").ToArray())
        {
            code.ReplaceWith(new XText($"`{code.Value}`"));
        }

        return Plain(marked);
    }

    private static string Plain(XElement summary) => Spaces().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } reference => Reference(reference),
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => parameter.Attribute("name")?.Value ?? "",
        XElement { Name.LocalName: "para" or "item" } element => $" {string.Concat(element.Nodes().Select(Plain))} ",
        XElement element => string.Concat(element.Nodes().Select(Plain)),
        _ => "",
    };

    /// <summary>A property by the name it has on the wire, anything else by its last word.</summary>
    private static string Reference(XElement see)
    {
        string? target = see.Attribute("cref")?.Value;
        if (see.Nodes().Any() || target is null)
        {
            return string.Concat(see.Nodes().Select(Plain)) is { Length: > 0 } text ? text : see.Attribute("langword")?.Value ?? see.Attribute("href")?.Value ?? "";
        }

        string name = target.Split('(')[0].Split('.')[^1];
        return target.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
