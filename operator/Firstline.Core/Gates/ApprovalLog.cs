using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Reads the approval annotation into the list of approvals: one annotation, in which several humans put their names in turn.</summary>
/// <remarks>
/// What it says is compared with what it said at the last look, <c>status.approver</c>: a new name is an approval, a name that is gone is withdrawn, and a name
/// that another one replaced still counts. Admission lets nobody replace a name before it was seen, so that nothing happens between two looks.
/// </remarks>
public static class ApprovalLog
{
    /// <summary>Most entries of the list; the same bound as in the schema.</summary>
    public const int MaxEntries = 32;

    /// <summary>Longest user name.</summary>
    public const int MaxUserName = 253;

    /// <summary>The user name in the approval annotation; null when there is none.</summary>
    public static string? ApproverOf(RemediationRequest request) =>
        request.Metadata.Annotations.TryGetValue(AnnotationNames.Approved, out string? user) && !string.IsNullOrWhiteSpace(user) ? user : null;

    /// <summary>True when the approval annotation is there and names nobody: it counts for nothing, and stands in the way of one that does.</summary>
    public static bool IsUnnamed(RemediationRequest request) =>
        request.Metadata.Annotations.ContainsKey(AnnotationNames.Approved) && ApproverOf(request) is null;

    /// <summary>True when the API server checks who writes annotations, and did so already at the last look: what is new since then was checked.</summary>
    public static bool IsChecked(GateInput input) => input.Identity == ApprovalIdentity.Verified && input.Request.Status?.ApprovalIdentity == ApprovalIdentity.Verified;

    /// <summary>What <c>status.approvalIdentity</c> becomes: unchanged while it can't be told who vouches for names.</summary>
    public static ApprovalIdentity? IdentityAfter(GateInput input) => input.Identity ?? input.Request.Status?.ApprovalIdentity;

    /// <summary>What <c>status.approver</c> becomes: unchanged while it can't be told who vouches for names, so that the name is judged when it can.</summary>
    public static string? SeenAfter(GateInput input) => !IsRead(input) || IsFull(input.Request) ? input.Request.Status?.Approver
        : ApproverOf(input.Request) is { Length: <= MaxUserName } user ? user : null;

    /// <summary>
    /// True once a change was made with the gate open: then approvals are kept, and none is taken any more. Where the gate was closed at the last look, such as for
    /// what began by itself and has to be approved since, they are taken and counted as before the first change.
    /// </summary>
    public static bool AreKept(GateInput input) => input.HasBegun && input.Request.Status?.Gates.Any(static g => g.Name == ApprovalGate.GateName) != true;

    /// <summary>The list with what the annotation says now; unchanged while approvals are kept.</summary>
    public static ImmutableArray<ApprovalRecord> After(GateInput input, DateTimeOffset now)
    {
        ImmutableArray<ApprovalRecord> before = input.Request.Status?.Approvals ?? [];
        if (!HasNews(input) || IsFull(input.Request))
        {
            return before;
        }

        return ApproverOf(input.Request) switch
        {
            null => before.Add(Record(input, input.Request.Status!.Approver!, ApprovalDecision.Withdrawn, now)),
            { Length: <= MaxUserName } user => before.Add(Record(input, user, ApprovalDecision.Approved, now)),
            _ => before,
        };
    }

    /// <summary>True when the annotation says something for which the list has no room: it may be that an approval was withdrawn.</summary>
    public static bool IsCutOff(GateInput input) => HasNews(input) && IsFull(input.Request);

    private static bool HasNews(GateInput input) => IsRead(input)
        && (ApproverOf(input.Request) != input.Request.Status?.Approver || HasOtherGroups(input.Request, ApproverOf(input.Request)));

    private static bool IsFull(RemediationRequest request) => request.Status is { Approvals.Length: >= MaxEntries };

    /// <summary>The last word of each user, in the order in which they first spoke.</summary>
    public static IEnumerable<ApprovalRecord> LastWords(ImmutableArray<ApprovalRecord> approvals) =>
        approvals.GroupBy(static a => a.User, StringComparer.OrdinalIgnoreCase).Select(static g => g.Last());

    /// <summary>The approvals whose right is asked for: nobody is asked about names that nothing vouches for, nor while approvals are kept.</summary>
    public static IEnumerable<ApprovalRecord> RightsToAsk(GateInput input, DateTimeOffset now) =>
        input is { Identity: ApprovalIdentity.Verified, Policy.Approvals.AllowUnverified: not true } && !AreKept(input)
            ? LastWords(After(input, now)).Where(static a => a.Decision == ApprovalDecision.Approved)
            : [];

    // Groups may be named after the approval was given, when it turns out that the right comes from one.
    private static bool HasOtherGroups(RemediationRequest request, string? user) => user is not null
        && request.Status?.Approvals.LastOrDefault(a => a.User == user) is { Decision: ApprovalDecision.Approved } last && !last.Groups.SequenceEqual(GroupsOf(request));

    private static bool IsRead(GateInput input) => !AreKept(input) && (input.Identity is not null || input.Policy?.Approvals.AllowUnverified == true);

    private static ApprovalRecord Record(GateInput input, string user, ApprovalDecision decision, DateTimeOffset now) => new()
    {
        User = user,
        Decision = decision,
        SeenAt = now,
        ResourceVersion = input.Request.Metadata.ResourceVersion is { Length: <= 64 } version ? version : null,
        PlanHash = input.Request.Spec.PlanHash,
        Identity = IsChecked(input) ? ApprovalIdentity.Verified : ApprovalIdentity.Unverified,
        Groups = decision == ApprovalDecision.Approved ? GroupsOf(input.Request) : [],
    };

    private static ImmutableArray<string> GroupsOf(RemediationRequest request) =>
    [
        .. request.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedGroups, "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Where(static g => g.Length <= MaxUserName).Distinct(StringComparer.Ordinal).Take(16),
    ];
}
