using System.Reflection.Metadata;

namespace Firstline.Architecture.Tests.Metadata;

/// <summary>Finds the outermost type around a nested one: what the compiler makes of lambdas, iterators and async methods counts for the type people wrote.</summary>
internal static class Names
{
    public static TypeDefinitionHandle Outermost(MetadataReader metadata, TypeDefinitionHandle type)
    {
        TypeDefinitionHandle outer = metadata.GetTypeDefinition(type).GetDeclaringType();
        return outer.IsNil ? type : Outermost(metadata, outer);
    }

    public static Use Of(MetadataReader metadata, TypeDefinitionHandle handle, string member)
    {
        TypeDefinition type = metadata.GetTypeDefinition(Outermost(metadata, handle));
        return new(metadata.GetString(type.Namespace), metadata.GetString(type.Name), member);
    }

    public static Use Of(MetadataReader metadata, TypeReferenceHandle handle, string member)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Of(metadata, (TypeReferenceHandle)type.ResolutionScope, member)
            : new(metadata.GetString(type.Namespace), metadata.GetString(type.Name), member);
    }
}
