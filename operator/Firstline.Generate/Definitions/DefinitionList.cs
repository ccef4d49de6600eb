using System.Collections.Immutable;
using Firstline.Generate.Output;

namespace Firstline.Generate.Definitions;

/// <summary>Lists the definitions for kustomize. The file has no ending, so that <c>kubectl apply -f crds/</c> passes it over.</summary>
internal static class DefinitionList
{
    /// <summary>The list of <paramref name="definitions"/>, which are in the same folder.</summary>
    public static GeneratedFile File(ImmutableArray<GeneratedFile> definitions) => new(
        "crds/Kustomization",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
        + string.Concat(definitions.Select(file => $"  - {Path.GetFileName(file.Path)}\n")));
}
