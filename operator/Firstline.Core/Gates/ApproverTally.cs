using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Whose approval of a request counts now, and whose does not.</summary>
/// <param name="Counted">User names, each human once.</param>
/// <param name="Discounted">Approvals that stand and do not count.</param>
public sealed record ApproverTally(ImmutableArray<string> Counted, ImmutableArray<DiscountedApproval> Discounted)
{
    private const string AllowUnverified = "approvals.allowUnverified";

    /// <summary>Counts what was recorded and what the annotation says now.</summary>
    public static ApproverTally Of(GateInput input, DateTimeOffset now)
    {
        if (ApprovalLog.IsCutOff(input))
        {
            return new([], [new("", GateReasons.ApprovalsFull, $"the list of approvals is full ({ApprovalLog.MaxEntries}), so that what the annotation says now can't be recorded and nobody's approval counts")]);
        }

        ApprovalRecord[] standing =
        [
            .. ApprovalLog.LastWords(ApprovalLog.After(input, now)).Where(a => a.Decision == ApprovalDecision.Approved && a.PlanHash == input.Request.Spec.PlanHash),
        ];
        DiscountedApproval?[] why = [.. standing.Select(a => WhyNot(input, a, now))];
        return new(
            [.. standing.Zip(why).Where(static p => p.Second is null).Select(static p => p.First.User)],
            [.. why.OfType<DiscountedApproval>(), .. Unread(input)]);
    }

    /// <summary>The user who opened the incident by hand or wrote the runbook, where admission made sure of the name; neither approves what rests on it.</summary>
    public static IEnumerable<string> AuthorsOf(GateInput input) => input.AuthorIdentity != ApprovalIdentity.Verified
        ? []
        : new[] { AuthorOf(input.Incident?.Metadata), AuthorOf(input.Runbook?.Metadata) }.OfType<string>();

    /// <summary>True when a human may have opened the incident, and it is not known who: then one human more has to approve.</summary>
    public static bool IsAuthorUnknown(GateInput input) =>
        input.Policy?.Approvals.AllowUnverified != true && input.Incident is not { Spec.Source: not IncidentSource.Manual }
        && (input.AuthorIdentity != ApprovalIdentity.Verified || AuthorOf(input.Incident?.Metadata) is null);

    private static string? AuthorOf(ObjectMeta? metadata) => metadata?.Annotations.GetValueOrDefault(AnnotationNames.Author) is { Length: > 0 } author ? author : null;

    // A name that can't be recorded still has to be told of.
    private static IEnumerable<DiscountedApproval> Unread(GateInput input) => ApprovalLog.ApproverOf(input.Request) switch
    {
        { Length: > ApprovalLog.MaxUserName } user => [new(user, GateReasons.ApproverNotHuman, $"\"{Bounded(user)}\" is longer than a user name may be")],
        { } user when input.Identity is null && input.Policy?.Approvals.AllowUnverified != true => [Unverified(user)],
        _ => [],
    };

    private static DiscountedApproval? WhyNot(GateInput input, ApprovalRecord approval, DateTimeOffset now)
    {
        string user = approval.User;
        if (user.StartsWith("system:", StringComparison.OrdinalIgnoreCase))
        {
            return new(user, GateReasons.ApproverNotHuman, $"\"{Bounded(user)}\" is not a human; an approval is a human's");
        }

        if (AuthorsOf(input).Contains(user, StringComparer.OrdinalIgnoreCase))
        {
            return new(user, GateReasons.ApproverIsAuthor, $"{Bounded(user)} opened the incident or wrote the runbook; another human has to approve it");
        }

        if (input.Policy?.Approvals.ValidFor is { } validFor && now - approval.SeenAt >= validFor.Value)
        {
            return new(user, GateReasons.ApprovalExpired, $"{Bounded(user)} approved it at {Time(approval.SeenAt)}, and an approval counts for {validFor}; take the name away and set it anew");
        }

        return input.Policy?.Approvals.AllowUnverified == true ? null : NotBelieved(input, approval) ?? WithoutRight(input, approval);
    }

    private static DiscountedApproval? NotBelieved(GateInput input, ApprovalRecord approval) =>
        input.Identity != ApprovalIdentity.Verified ? Unverified(approval.User)
        : approval.Identity != ApprovalIdentity.Verified ? new(
            approval.User, GateReasons.ApproverUnverified,
            $"the annotation of {Bounded(approval.User)} may be older than the admission policy; take it away ({AnnotationNames.Approved}-) and set it anew")
        : null;

    private static DiscountedApproval Unverified(string user) => new(
        user, GateReasons.ApproverUnverified,
        $"nothing makes sure that {Bounded(user)} set the annotation in person; install the admission policy, or set {AllowUnverified} in the policy");

    private static DiscountedApproval? WithoutRight(GateInput input, ApprovalRecord approval)
    {
        string user = Bounded(approval.User);
        if (input.ApproverRights?.TryGetValue(approval.User, out bool allowed) != true)
        {
            return new(
                approval.User, GateReasons.ApproverRightUnknown,
                $"it can't be told whether {user} may approve it: the API server does not say; if it lasts, look in the operator's log, and whether the operator may create subjectaccessreviews");
        }

        string why = approval.Groups.IsEmpty
            ? $"{user} has no right by name to approve it; if the right comes from a group, name it beside the approval: {AnnotationNames.ApprovedGroups}=\"<your group>\""
            : $"{user} has no right to approve it, neither by name nor by {Bounded(string.Join(", ", approval.Groups))}";
        return allowed ? null : new(approval.User, GateReasons.ApproverRightMissing, why);
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Bounded(string text) => BoundedText.Shorten(text, 128);
}
