namespace Firstline.Api.Meta;

/// <summary>One reason within <see cref="StatusDetails"/>.</summary>
public sealed record StatusCause
{
    /// <summary>CamelCase cause, such as <c>FieldValueInvalid</c> or <c>FieldManagerConflict</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? Message { get; init; }

    /// <summary>Path of the field, such as <c>spec.replicas</c>.</summary>
    public string? Field { get; init; }
}
