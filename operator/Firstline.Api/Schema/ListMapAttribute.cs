namespace Firstline.Api.Schema;

/// <summary>Makes a list a map by key for server-side apply (<c>x-kubernetes-list-type: map</c>), so that several managers may own entries.</summary>
/// <param name="keys">Names of the key fields.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListMapAttribute(params string[] keys) : Attribute
{
    /// <summary>Names of the key fields.</summary>
    public string[] Keys { get; } = keys;
}
