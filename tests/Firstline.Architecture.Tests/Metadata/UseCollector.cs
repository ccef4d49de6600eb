using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Firstline.Architecture.Tests.Metadata;

/// <summary>Collects what tokens and signatures name. Signatures are decoded for the sake of the types met on the way; their value is of no interest.</summary>
internal sealed class UseCollector(MetadataReader metadata) : ISignatureTypeProvider<ValueTuple, object?>
{
    private readonly ImmutableHashSet<Use>.Builder _uses = ImmutableHashSet.CreateBuilder<Use>();

    public ImmutableHashSet<Use> ToImmutable() => _uses.ToImmutable();

    public void Add(EntityHandle token) => Add(token, "");

    public ValueTuple GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Keep(Names.Of(reader, handle, ""));

    public ValueTuple GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Keep(Names.Of(reader, handle, ""));

    public ValueTuple GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ValueTuple GetArrayType(ValueTuple elementType, ArrayShape shape) => default;

    public ValueTuple GetByReferenceType(ValueTuple elementType) => default;

    public ValueTuple GetFunctionPointerType(MethodSignature<ValueTuple> signature) => default;

    public ValueTuple GetGenericInstantiation(ValueTuple genericType, ImmutableArray<ValueTuple> typeArguments) => default;

    public ValueTuple GetGenericMethodParameter(object? genericContext, int index) => default;

    public ValueTuple GetGenericTypeParameter(object? genericContext, int index) => default;

    public ValueTuple GetModifiedType(ValueTuple modifier, ValueTuple unmodifiedType, bool isRequired) => default;

    public ValueTuple GetPinnedType(ValueTuple elementType) => default;

    public ValueTuple GetPointerType(ValueTuple elementType) => default;

    public ValueTuple GetPrimitiveType(PrimitiveTypeCode typeCode) => default;

    public ValueTuple GetSZArrayType(ValueTuple elementType) => default;

    private void Add(EntityHandle token, string member)
    {
        switch (token.Kind)
        {
            case HandleKind.TypeDefinition when !token.IsNil:
                Keep(Names.Of(metadata, (TypeDefinitionHandle)token, member));
                break;
            case HandleKind.TypeReference when !token.IsNil:
                Keep(Names.Of(metadata, (TypeReferenceHandle)token, member));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(this, null);
                break;
            default:
                AddMember(token);
                break;
        }
    }

    private void AddMember(EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)token);
                Add(method.GetDeclaringType(), metadata.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)token);
                Add(field.GetDeclaringType(), metadata.GetString(field.Name));
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                generic.DecodeSignature(this, null);
                Add(generic.Method);
                break;
            case HandleKind.MemberReference:
                AddReference(metadata.GetMemberReference((MemberReferenceHandle)token));
                break;
        }
    }

    private void AddReference(MemberReference member)
    {
        Add(member.Parent, metadata.GetString(member.Name));
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(this, null);
        }
        else
        {
            member.DecodeFieldSignature(this, null);
        }
    }

    private ValueTuple Keep(Use use)
    {
        _uses.Add(use);
        return default;
    }
}
