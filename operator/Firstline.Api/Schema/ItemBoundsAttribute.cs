namespace Firstline.Api.Schema;

/// <summary>Bounds each string in a list, or each value in a map; <c>MaxLength</c> on the same property bounds how many there are.</summary>
/// <param name="maxLength">Most characters of each.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemBoundsAttribute(int maxLength) : Attribute
{
    /// <summary>Most characters of each.</summary>
    public int MaxLength { get; } = maxLength;

    /// <summary>Least characters of each; 0 for any.</summary>
    public int MinLength { get; init; }
}
