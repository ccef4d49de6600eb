using System.Collections.Immutable;
using Firstline.Architecture.Tests.Metadata;
using Firstline.Testing;

namespace Firstline.Architecture.Tests;

/// <summary>The product as it was built and as it is written.</summary>
internal static class Product
{
    /// <summary>Each project and the projects of ours that it may reference, exactly as docs/architecture.md says.</summary>
    public static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> MayReference = new Dictionary<string, ImmutableArray<string>>
    {
        ["Firstline.Api"] = [],
        ["Firstline.Core"] = ["Firstline.Api"],
        ["Firstline.Kube"] = ["Firstline.Api"],
        ["Firstline.DevServer"] = ["Firstline.Api"],
        ["Firstline.Controllers"] = ["Firstline.Api", "Firstline.Core", "Firstline.Kube"],
        ["Firstline.Host"] = ["Firstline.Api", "Firstline.Core", "Firstline.Kube", "Firstline.Controllers"],
        ["Firstline.Cli"] = ["Firstline.Api", "Firstline.Core", "Firstline.Kube", "Firstline.Controllers", "Firstline.Host", "Firstline.DevServer"],
        ["Firstline.Generate"] = ["Firstline.Api", "Firstline.Core", "Firstline.Controllers"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>All assemblies of the product.</summary>
    public static ImmutableArray<CodeAssembly> Assemblies { get; } =
        [.. MayReference.Keys.Select(project => AssemblyReader.Read(Path.Combine(AppContext.BaseDirectory, $"{AssemblyName(project)}.dll")))];

    /// <summary>One assembly of the product, by its project.</summary>
    public static CodeAssembly Assembly(string project) => Assemblies.Single(assembly => assembly.Name == AssemblyName(project));

    /// <summary>Folder of a project.</summary>
    public static string Folder(string project) => Path.Combine(Checkout.Folder, "operator", project);

    // The command is named as people type it.
    public static string AssemblyName(string project) => project == "Firstline.Cli" ? "firstline" : project;
}
