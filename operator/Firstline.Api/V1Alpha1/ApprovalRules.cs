using System.ComponentModel;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>Who may approve, and how.</summary>
public sealed record ApprovalRules
{
    /// <summary>Counts approvals even where no admission policy makes sure who set them. For development only.</summary>
    [DefaultValue(false)]
    public bool? AllowUnverified { get; init; }

    /// <summary>How long a request waits before it expires.</summary>
    [DefaultValue("4h")]
    public Duration? Expiry { get; init; }
}
