using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed until a human has approved this very plan, where one must.</summary>
/// <remarks>
/// The annotation's value is the approver's user name. Whether that user set it in person only the API server can tell
/// (config/admission); where it does not, an approval counts only if the policy says so. A request that has begun keeps its approval.
/// </remarks>
public sealed class ApprovalGate : IGate
{
    private const int MaxUserName = 253;

    /// <inheritdoc/>
    public string Name => "Approval";

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

        if (WhyNeeded(input) is not { } why)
        {
            return this.Open("it runs by itself (level L1)") with { Reason = GateReasons.ApprovalNotNeeded };
        }

        if (input.HasBegun && input.Request.Status!.Approvals.LastOrDefault(a => a.PlanHash == spec.PlanHash) is { } kept)
        {
            return this.Open($"{Bounded(kept.User)} approved it before it began", "1 approval", "1 approval") with { Reason = GateReasons.Approved };
        }

        string? user = ApproverOf(input.Request);
        return user is null
            ? this.Closed(GateReasons.ApprovalRequired, $"a human has to approve it: {why}{Unnamed(input.Request)}", "0 approvals", "1 approval")
            : JudgeUser(input, user);
    }

    /// <summary>The user name in the approval annotation; null when there is none.</summary>
    public static string? ApproverOf(RemediationRequest request) =>
        request.Metadata.Annotations.TryGetValue(AnnotationNames.Approved, out string? user) && !string.IsNullOrWhiteSpace(user) ? user.Trim() : null;

    /// <summary>True when the approval annotation is there and names nobody: it counts for nothing, and stands in the way of one that does.</summary>
    public static bool IsUnnamed(RemediationRequest request) =>
        request.Metadata.Annotations.ContainsKey(AnnotationNames.Approved) && ApproverOf(request) is null;

    private static string Unnamed(RemediationRequest request) => IsUnnamed(request) ? $" (the annotation {AnnotationNames.Approved} is there, but empty)" : "";

    private GateVerdict JudgeUser(GateInput input, string user)
    {
        if (user.StartsWith("system:", StringComparison.OrdinalIgnoreCase))
        {
            return this.Closed(GateReasons.ApproverNotHuman, $"\"{Bounded(user)}\" is not a human; an approval is a human's", Bounded(user), "a human's user name");
        }

        if (user.Length > MaxUserName)
        {
            return this.Closed(
                GateReasons.ApproverNotHuman, $"\"{Bounded(user)}\" is longer than a user name may be", $"{user.Length} characters", $"{MaxUserName} characters");
        }

        return WhyNotBelieved(input, user) is { } why
            ? this.Closed(GateReasons.ApproverUnverified, why, "unverified", "verified")
            : this.Open($"{Bounded(user)} approved it", "1 approval", "1 approval") with { Reason = GateReasons.Approved };
    }

    private static string? WhyNotBelieved(GateInput input, string user)
    {
        if (input.Policy?.Approvals.AllowUnverified == true)
        {
            return null;
        }

        if (input.Identity != ApprovalIdentity.Verified)
        {
            return $"nothing makes sure that {Bounded(user)} set the annotation in person; install the admission policy, or set approvals.allowUnverified in the policy";
        }

        return input.Request.Status?.UnverifiedApprover == user
            ? $"the annotation of {Bounded(user)} is older than the admission policy; take it away ({AnnotationNames.Approved}-) and set it anew"
            : null;
    }

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

        string ns = spec.Plan.Target.Namespace ?? input.Request.Metadata.Namespace ?? "";
        RunbookMode mode = RunbookMode.Of(runbook, policy, input.RunbookIdentity);
        return mode.Mode != OperatingMode.Auto ? mode.Reason
            : policy.Protected.ApprovalNamespaces.Contains(ns, StringComparer.Ordinal) ? $"the policy asks for approval in namespace {ns}" : null;
    }

    private static string Bounded(string text) => text.Length <= 128 ? text : string.Concat(text.AsSpan(0, 125), "...");
}
