using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Generate.Tests.Schemas;

/// <summary>Text without a bound.</summary>
internal sealed record UnboundedText
{
    /// <summary>A text.</summary>
    public string Text { get; init; } = "";
}

/// <summary>List without a bound.</summary>
internal sealed record UnboundedList
{
    /// <summary>A list.</summary>
    [ItemBounds(10)]
    public ImmutableArray<string> Items { get; init; } = [];
}

/// <summary>List whose texts have no bound.</summary>
internal sealed record UnboundedItems
{
    /// <summary>A list.</summary>
    [MaxLength(10)]
    public ImmutableArray<string> Items { get; init; } = [];
}

/// <summary>Map whose texts have no bound.</summary>
internal sealed record UnboundedValues
{
    /// <summary>A map.</summary>
    [MaxLength(10)]
    public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Number without bounds.</summary>
internal sealed record UnboundedNumber
{
    /// <summary>A number.</summary>
    public int Number { get; init; }
}

/// <summary>A type that schemas can't say.</summary>
internal sealed record UnknownType
{
    /// <summary>A link.</summary>
    public Uri? Link { get; init; }
}

/// <summary>A default that schemas can't say.</summary>
internal sealed record UnknownDefault
{
    /// <summary>A number.</summary>
    [DefaultValue(1.5), Range(0, 1)]
    public int? Number { get; init; }
}

/// <summary>A record that contains itself.</summary>
internal sealed record Recursive
{
    /// <summary>More of them.</summary>
    [MaxLength(10)]
    public ImmutableArray<Recursive> Inner { get; init; } = [];
}

/// <summary>A property that nobody described.</summary>
internal sealed record Undescribed
{
    public bool Flag { get; init; }
}
