using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Firstline.Architecture.Tests.Metadata;

/// <summary>Reads a built assembly without loading it.</summary>
internal sealed class AssemblyReader
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private AssemblyReader(PEReader file) => (_file, _metadata) = (file, file.GetMetadataReader());

    /// <summary>Reads the assembly at <paramref name="path"/>; types that the compiler adds to other namespaces are left out.</summary>
    public static CodeAssembly Read(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        return new AssemblyReader(file).Read();
    }

    private CodeAssembly Read() => new(
        _metadata.GetString(_metadata.GetAssemblyDefinition().Name),
        [.. _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))],
        [
            .. _metadata.TypeDefinitions
                .GroupBy(handle => Names.Outermost(_metadata, handle), (outermost, parts) => Type(outermost, parts))
                .Where(type => type.Namespace.StartsWith("Firstline", StringComparison.Ordinal)),
        ]);

    private CodeType Type(TypeDefinitionHandle outermost, IEnumerable<TypeDefinitionHandle> parts)
    {
        UseCollector uses = new(_metadata);
        foreach (TypeDefinition part in parts.Select(_metadata.GetTypeDefinition))
        {
            AddDeclaration(uses, part);
            foreach (MethodDefinition method in part.GetMethods().Select(_metadata.GetMethodDefinition))
            {
                AddMethod(uses, method);
            }
        }

        TypeDefinition definition = _metadata.GetTypeDefinition(outermost);
        return new(_metadata.GetString(definition.Namespace), _metadata.GetString(definition.Name), uses.ToImmutable());
    }

    private void AddDeclaration(UseCollector uses, TypeDefinition type)
    {
        uses.Add(type.BaseType);
        foreach (InterfaceImplementationHandle contract in type.GetInterfaceImplementations())
        {
            uses.Add(_metadata.GetInterfaceImplementation(contract).Interface);
        }

        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            _metadata.GetFieldDefinition(field).DecodeSignature(uses, null);
        }

        foreach (GenericParameterConstraintHandle constraint in type.GetGenericParameters().SelectMany(p => _metadata.GetGenericParameter(p).GetConstraints()))
        {
            uses.Add(_metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void AddMethod(UseCollector uses, MethodDefinition method)
    {
        method.DecodeSignature(uses, null);
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(uses, null);
        }

        foreach (EntityHandle token in Instructions.Tokens(body.GetILReader()))
        {
            uses.Add(token);
        }
    }
}
