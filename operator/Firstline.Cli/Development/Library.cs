using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using Firstline.Cli.Yaml;

namespace Firstline.Cli.Development;

/// <summary>What the command carries with it, so that it needs no checkout: the definitions of the custom resources and the library of runbooks.</summary>
internal static class Library
{
    /// <summary>The CustomResourceDefinitions.</summary>
    public static ImmutableArray<JsonObject> Definitions => Read("crds/");

    /// <summary>The runbooks.</summary>
    public static ImmutableArray<JsonObject> Runbooks => Read("runbooks/");

    /// <summary>Namespace and policy for development.</summary>
    public static ImmutableArray<JsonObject> Development => Read("development/");

    /// <summary>The objects of one file of the demo, such as <c>shop.yaml</c>.</summary>
    public static ImmutableArray<JsonObject> Demo(string file) => Read("demo/" + file);

    /// <summary>The schema of a custom resource.</summary>
    /// <param name="plural">Plural name, such as <c>runbooks</c>.</param>
    public static JsonObject SchemaOf(string plural) =>
        (JsonObject)Definitions.Single(d => d["spec"]!["names"]!["plural"]!.ToString() == plural)["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;

    private static ImmutableArray<JsonObject> Read(string prefix)
    {
        Assembly assembly = typeof(Library).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .SelectMany(name => YamlFile.ParseJson(Text(assembly, name))),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
