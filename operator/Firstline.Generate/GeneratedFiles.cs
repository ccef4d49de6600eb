using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Generate.Definitions;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate;

/// <summary>Everything that <c>make generate</c> writes.</summary>
internal static class GeneratedFiles
{
    /// <summary>Files in the order of their paths.</summary>
    /// <exception cref="GenerateException">The code lacks what a file needs.</exception>
    public static ImmutableArray<GeneratedFile> All()
    {
        SchemaBuilder schemas = new(ApiDocumentation.Of(typeof(IResource).Assembly), actionNames: []);
        return [.. CustomResourceDefinition.Files(schemas).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }
}
