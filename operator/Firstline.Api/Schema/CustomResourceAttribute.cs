using Firstline.Api.Meta;

namespace Firstline.Api.Schema;

/// <summary>Marks a record as the root of a custom resource; <c>make generate</c> writes its CustomResourceDefinition.</summary>
/// <param name="plural">Plural lower-case name, such as <c>incidents</c>.</param>
/// <param name="shortName">Short name for kubectl, such as <c>inc</c>.</param>
/// <param name="scope">Whether objects live in a namespace.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomResourceAttribute(string plural, string shortName, ResourceScope scope) : Attribute
{
    /// <summary>Plural lower-case name.</summary>
    public string Plural { get; } = plural;

    /// <summary>Short name for kubectl.</summary>
    public string ShortName { get; } = shortName;

    /// <summary>Whether objects live in a namespace.</summary>
    public ResourceScope Scope { get; } = scope;
}
