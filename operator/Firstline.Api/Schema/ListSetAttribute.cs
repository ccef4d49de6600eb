namespace Firstline.Api.Schema;

/// <summary>Makes a list of scalars a set for server-side apply (<c>x-kubernetes-list-type: set</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListSetAttribute : Attribute;
