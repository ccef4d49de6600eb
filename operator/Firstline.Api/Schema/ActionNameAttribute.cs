namespace Firstline.Api.Schema;

/// <summary>Marks a string whose values are the names in the action catalogue; the generator writes them as the schema's enum.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ActionNameAttribute : Attribute;
