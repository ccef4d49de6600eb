using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

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

    /// <summary>How long an approval counts, from when the operator saw it; left out, as long as the request waits.</summary>
    public Duration? ValidFor { get; init; }

    /// <summary>How many different humans have to approve, by severity and level; where no rule holds, one for L2 and none for L1.</summary>
    [MaxLength(16)]
    public ImmutableArray<QuorumRule> Quorum { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>User names, such as that of a GitOps controller, whose runbooks may run by themselves without a human's approval of the revision, because it was reviewed elsewhere.</summary>
    [ListSet, MaxLength(16), ItemBounds(253, MinLength = 1)]
    public ImmutableArray<string> TrustedAuthors { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Escape hatches that may run without an approval although what they do can't be undone, where everything else lets the runbook run by itself. Empty: each waits for a human.</summary>
    [MaxLength(4)]
    public ImmutableArray<EscapeHatch> Unattended { get; init => field = value.IsDefault ? [] : value; } = [];
}
