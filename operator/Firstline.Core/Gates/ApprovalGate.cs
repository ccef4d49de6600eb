using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed until as many different humans as the policy asks for have approved this very plan.</summary>
/// <remarks>
/// The annotation's value is the approver's user name. Whether that user set it in person only the API server can tell
/// (config/admission); where it does not, an approval counts only if the policy says so. A request that has begun keeps its approvals (<see cref="ApprovalLog.AreKept"/>).
/// </remarks>
public sealed class ApprovalGate : IGate
{
    /// <summary>Name of this gate: a human can open it, and is told how.</summary>
    public const string GateName = "Approval";

    /// <summary>Why it is closed.</summary>
    public static readonly ImmutableArray<string> Reasons =
    [
        GateReasons.ApprovalRequired, GateReasons.ApproverUnverified, GateReasons.ApproverNotHuman, GateReasons.ApproverIsAuthor, GateReasons.ApproverRightMissing,
        GateReasons.ApproverRightUnknown, GateReasons.ApprovalExpired, GateReasons.ApprovalsFull,
    ];

    /// <inheritdoc/>
    public string Name => GateName;

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        RemediationRequestSpec spec = input.Request.Spec;
        if (PlanHash.Of(spec.Plan) != spec.PlanHash)
        {
            return this.Refused(GateReasons.PlanHashMismatch, "the plan is not the one that its hash names", PlanHash.Of(spec.Plan), spec.PlanHash);
        }

        if (spec.Level >= RemediationLevel.L3)
        {
            return this.Refused(GateReasons.HumansOnly, "only humans may do this (level L3)", spec.Level.ToString(), RemediationLevel.L2.ToString());
        }

        string? why = WhyNeeded(input);
        int quorum = Quorum.Of(input.Policy?.Approvals.Quorum ?? [], Quorum.SeverityOf(input.Incident), why is null ? RemediationLevel.L1 : RemediationLevel.L2);
        return quorum == 0
            ? this.Open("it runs by itself (level L1)") with { Reason = GateReasons.ApprovalNotNeeded }
            : JudgeHumans(input, why ?? "the policy asks for approval at this severity", quorum, now);
    }

    private GateVerdict JudgeHumans(GateInput input, string why, int quorum, DateTimeOffset now)
    {
        if (ApprovalLog.AreKept(input) && Kept(input.Request) is { Length: > 0 } kept)
        {
            string observed = Counted.Of(kept.Length, "approval");
            return this.Open($"{Names(kept)} approved it", observed, observed) with { Reason = GateReasons.Approved };
        }

        bool authorUnknown = ApproverTally.IsAuthorUnknown(input);
        int needed = authorUnknown ? quorum + 1 : quorum;
        ApproverTally tally = ApproverTally.Of(input, now);
        string seen = Counted.Of(tally.Counted.Length, "approval"), limit = Counted.Of(needed, "approval");
        if (tally.Counted.Length >= needed)
        {
            return this.Open($"{Names(tally.Counted)} approved it", seen, limit) with { Reason = GateReasons.Approved };
        }

        string message = string.Join("; ", [.. tally.Discounted.Select(static d => d.Message), Missing(input, tally, why, needed, authorUnknown)]);
        return this.Closed(tally.Discounted is [.., var last] ? last.Reason : GateReasons.ApprovalRequired, message, seen, limit);
    }

    private static string Missing(GateInput input, ApproverTally tally, string why, int needed, bool authorUnknown)
    {
        string unnamed = ApprovalLog.IsUnnamed(input.Request) ? $" (the annotation {AnnotationNames.Approved} is there, but empty)" : "";
        string author = authorUnknown ? ", one of them because it is not known who opened the incident" : "";
        return needed == 1 ? $"a human has to approve it: {why}{unnamed}"
            : tally.Counted.IsEmpty ? $"{needed} humans have to approve it{author}: {why}{unnamed}"
            : $"{needed} humans have to approve it{author}, and {Names(tally.Counted)} did: {why}{unnamed}";
    }

    private static ImmutableArray<string> Kept(RemediationRequest request) =>
    [
        .. ApprovalLog.LastWords(request.Status?.Approvals ?? []).Where(a => a.Decision == ApprovalDecision.Approved && a.PlanHash == request.Spec.PlanHash)
            .Select(static a => a.User),
    ];

    // Judged on what holds now: a mode or a namespace rule made stricter since planning counts; one made laxer does not.
    private static string? WhyNeeded(GateInput input)
    {
        RemediationRequestSpec spec = input.Request.Spec;
        if (spec.Level == RemediationLevel.L2)
        {
            return spec.LevelReasons is [.., var last] ? last : "level L2";
        }

        if (input.Policy is not { } policy || input.Runbook is not { } runbook)
        {
            return "the policy or the runbook can't be seen";
        }

        string home = input.Request.Metadata.Namespace ?? "";
        RunbookMode mode = RunbookMode.Of(runbook, policy, input.RunbookIdentity, input.AuthorIdentity);
        return mode.Mode != OperatingMode.Auto ? mode.Reason
            : LevelRules.WhyApproval(policy, [home, .. TouchedObjects.Namespaces(spec.Plan, home)]) ?? LevelRules.WhyIrreversible(policy, spec.Plan.Steps).FirstOrDefault();
    }

    private static string Names(ImmutableArray<string> users) => string.Join(" and ", users.Select(static u => BoundedText.Shorten(u, 128)));
}
