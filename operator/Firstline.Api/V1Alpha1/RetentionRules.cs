using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>How long incidents that are over are kept, with their requests.</summary>
public sealed record RetentionRules
{
    /// <summary>How long an incident is kept after it was resolved.</summary>
    [DefaultValue("720h")]
    public Duration? KeepFor { get; init; }

    /// <summary>Most resolved incidents that are kept in a namespace; the oldest go first.</summary>
    [Range(1, 10000), DefaultValue(500)]
    public int? MaxPerNamespace { get; init; }
}
