namespace Firstline.Api.Schema;

/// <summary>A field that <c>--field-selector</c> may name.</summary>
/// <param name="jsonPath">Path of a string, integer or boolean field, such as <c>.spec.fingerprint</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SelectableFieldAttribute(string jsonPath) : Attribute
{
    /// <summary>Path of the field.</summary>
    public string JsonPath { get; } = jsonPath;
}
