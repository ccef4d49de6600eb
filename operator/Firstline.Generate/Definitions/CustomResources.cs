using System.Collections.Immutable;
using System.Reflection;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Generate.Definitions;

/// <summary>The records that are roots of custom resources.</summary>
internal static class CustomResources
{
    /// <summary>Roots in the order of their names.</summary>
    public static ImmutableArray<Type> All { get; } =
    [
        .. typeof(IResource).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CustomResourceAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];
}
