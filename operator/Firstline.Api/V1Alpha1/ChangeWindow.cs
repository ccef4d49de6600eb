using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>A time of the week at which changes may begin. Where windows are for a namespace, one of them has to be open.</summary>
public sealed record ChangeWindow
{
    /// <summary>A time of day, as hours and minutes.</summary>
    public const string TimePattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>Name, unique in the policy.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Time zone from the IANA database, such as Europe/Berlin or UTC.</summary>
    [Required, MinLength(1), MaxLength(64)]
    public string TimeZone { get; init => field = value ?? ""; } = "";

    /// <summary>Days on which it opens; empty for every day.</summary>
    [ListSet, MaxLength(7)]
    public ImmutableArray<Weekday> Days { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When it opens, such as 22:00.</summary>
    [Required, MaxLength(5), RegularExpression(TimePattern)]
    public string Start { get; init => field = value ?? ""; } = "";

    /// <summary>When it closes, such as 06:00; not later than the start means on the next day.</summary>
    [Required, MaxLength(5), RegularExpression(TimePattern)]
    public string End { get; init => field = value ?? ""; } = "";

    /// <summary>Namespaces that it is for; empty for all.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Severities that need not wait for it, once a human has confirmed them; empty for none.</summary>
    [ListSet, MaxLength(4)]
    public ImmutableArray<Severity> ExceptSeverities { get; init => field = value.IsDefault ? [] : value; } = [];
}
