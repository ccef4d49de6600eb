using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Firstline.Api.Schema;
using Firstline.Generate.Output;

namespace Firstline.Generate.Schemas;

/// <summary>A property of a wire record, with what its attributes say.</summary>
internal sealed record Field(PropertyInfo Property)
{
    /// <summary>Name for people, such as <c>RunbookStep.Action</c>.</summary>
    public string Name => $"{Property.DeclaringType!.Name}.{Property.Name}";

    /// <summary>Name on the wire.</summary>
    public string JsonName => Attribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    /// <summary>Type of a value that is there.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>
    /// Whether the schema demands the field: where it says so, and where C# could not tell a missing value from the type's first one
    /// (a verdict left out would read as an open gate).
    /// </summary>
    public bool IsRequired => Attribute<RequiredAttribute>() is not null
        || (Property.PropertyType.IsValueType && Type == Property.PropertyType && !IsList && Attribute<DefaultValueAttribute>() is null);

    /// <summary>Whether null is a value of its own, "not said".</summary>
    public bool IsNullable => new NullabilityInfoContext().Create(Property).ReadState == NullabilityState.Nullable;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Is(typeof(ImmutableArray<>));

    /// <summary>Whether it is a map from strings to strings.</summary>
    public bool IsMap => Type == typeof(ImmutableSortedDictionary<string, string>);

    /// <summary>Most characters, items or entries.</summary>
    /// <exception cref="GenerateException">The property has no such bound.</exception>
    public int MaxLength => Attribute<MaxLengthAttribute>()?.Length
        ?? throw new GenerateException($"{Name} has no upper bound: add [MaxLength(n)], so that an object stays small and CEL rules stay within their cost limit");

    /// <summary>Least characters, items or entries; null for any.</summary>
    public int? MinLength => Attribute<MinLengthAttribute>()?.Length;

    /// <summary>Bounds on each string in a list, or each value in a map.</summary>
    /// <exception cref="GenerateException">The property has no such bounds.</exception>
    public ItemBoundsAttribute Items => Attribute<ItemBoundsAttribute>()
        ?? throw new GenerateException($"the items of {Name} have no upper bound: add [ItemBounds(n)] with the most characters of each");

    /// <summary>Least and greatest number.</summary>
    /// <exception cref="GenerateException">The property has no such bounds.</exception>
    public RangeAttribute Range => Attribute<RangeAttribute>() ?? throw new GenerateException($"{Name} has no bounds: add [Range(min, max)]");

    /// <summary>The attribute, when the property carries it.</summary>
    public T? Attribute<T>() where T : Attribute => Property.GetCustomAttribute<T>();

    /// <summary>The rules on the property itself, in the order of the attributes.</summary>
    public IEnumerable<CelAttribute> Rules => Property.GetCustomAttributes<CelAttribute>();

    /// <summary>The fields of a record in the order of their names on the wire.</summary>
    public static ImmutableArray<Field> Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => new Field(property)).OrderBy(field => field.JsonName, StringComparer.Ordinal)];

    private bool Is(Type definition) => Type.IsGenericType && Type.GetGenericTypeDefinition() == definition;
}
