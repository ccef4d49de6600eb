using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Lifecycle;

/// <summary>Says what happens next, with the command to type.</summary>
public static class NextStepText
{
    private const string Resume = $$$"""kubectl patch rempol {{{RemediationPolicy.DefaultName}}} --type merge -p '{"spec":{"suspended":false,"suspendedReason":null}}'""";

    // What fits into status.nextStep: the command at the end is never what is cut.
    private const int MaxLength = 1024;

    /// <summary>For a request whose status the API server does not take.</summary>
    public const string StatusRefused =
        "Humans have to act: the API server refuses the status of this request. Install the custom resource definitions of this operator's version, and look at the target: its change may be made. It is tried again every 30 s.";

    /// <summary>For a request that waits for a gate.</summary>
    /// <param name="request">The request.</param>
    /// <param name="obstacle">The gate.</param>
    /// <param name="preview">What the API server says of the plan; null when it was not asked.</param>
    public static string Waiting(RemediationRequest request, GateVerdict obstacle, PlanPreview? preview = null)
    {
        if (obstacle.Reason == GateReasons.ApprovalRequired)
        {
            string unnamed = ApprovalLog.IsUnnamed(request) ? "The approval annotation is empty and counts for nothing. " : "";
            string refused = preview?.Refusal is { } refusal ? $"As things are the API server would not carry it out: {BoundedText.Shorten(refusal, 256)}. " : "";
            return $"{unnamed}{refused}{Waits(request)}. {HowToDecide(request)}";
        }

        if (obstacle is { Name: ApprovalGate.GateName, Decision: GateDecision.Closed })
        {
            string end = $". {HowToDecide(request)}";
            return BoundedText.Shorten($"{Waits(request)}: {obstacle.Message}", MaxLength - end.Length) + end;
        }

        string again = obstacle.NextEligibleTime is { } time ? $" Judged again at {Time(time)}." : "";
        string resume = obstacle.Reason == GateReasons.Suspended ? $" To let changes go on: {Resume}." : "";
        return $"Waits because gate {obstacle.Name} is closed: {obstacle.Message}.{again}{resume}";
    }

    // What has begun does not expire.
    private static string Waits(RemediationRequest request) => Progress.HasBegun(request) ? "Waits for approval" : $"Waits for approval until {Time(request.Spec.ExpiresAt)}";

    /// <summary>How to approve a request and how to refuse it.</summary>
    /// <remarks>The group is part of the command: the API server tells nobody whose right comes from which one, and an approval whose right can't be seen does not count.</remarks>
    public static string HowToDecide(RemediationRequest request)
    {
        string annotate = $"kubectl annotate remreq {request.Metadata.Name} -n {request.Metadata.Namespace}";
        string approve = request.Metadata.Annotations.ContainsKey(AnnotationNames.Approved) ? $"{annotate} --overwrite" : annotate;
        return $"To approve: {approve} {AnnotationNames.Approved}=\"<your user name>\" {AnnotationNames.ApprovedGroups}=\"<your group>\" (without the group if you have the right by name). To refuse: {annotate} {AnnotationNames.Rejected}=\"<reason>\".";
    }

    /// <summary>For a request that ended.</summary>
    public static string Ended(RemediationOutcome outcome, string message) => outcome switch
    {
        RemediationOutcome.Succeeded => "Nothing to do: it helped.",
        RemediationOutcome.NoActionRequired => "Nothing to do: the trouble went away before anything was changed.",
        RemediationOutcome.Cancelled => $"Nothing was changed: {message}.",
        RemediationOutcome.Stale => $"A new plan is made: {message}.",
        RemediationOutcome.Inconclusive => $"A human has to look: {message}.",
        _ => $"Handed over to humans: {message}.",
    };

    /// <summary>For an incident that humans have to take over.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="message">Why, in one sentence.</param>
    /// <param name="overAt">When it ends by itself if no signal fires until then; null when it does not.</param>
    public static string HandedOver(Incident incident, string message, DateTimeOffset? overAt = null)
    {
        string begin = Likeliest.OfRules(incident.Status) is { NextStep: { Length: > 0 } next } ? next : HowToLookAt(incident);
        string when = overAt is { } quiet ? $"no signal fires now, and it ends at {Time(quiet)} if that stays so; when it is over before that"
            : FiringSignals.IsByHandOnly(incident) ? "when it is over" : "when it is over and its signals fire on";
        string end = $"; {when}: {HowToClose(incident)}";
        return BoundedText.Shorten($"Humans have to act: {message}. Begin with: {begin}", MaxLength - end.Length) + end;
    }

    /// <summary>For an incident whose signals fire on although a human said that its remediation helped.</summary>
    public static string Mended(Incident incident, RemediationRequest helped) =>
        $"Nothing by itself: a human says that {helped.Metadata.Name} helped, and this ends with its signals. When it is over and they fire on: {HowToClose(incident)}";

    private static string HowToClose(Incident incident) => $"kubectl annotate inc {incident.Metadata.Name} -n {incident.Metadata.Namespace} {AnnotationNames.Resolved}=\"<why>\"";

    // Kinds of other groups than Kubernetes' own are named with their group: several may share a name. A target is written by anybody who may
    // report an incident: what is not a plain word would be read by the shell of the person who types the command.
    private static string HowToLookAt(Incident incident)
    {
        TargetRef target = incident.Spec.Target;
        string group = target.ApiVersion.Contains('.', StringComparison.Ordinal) ? $".{target.ApiVersion.Split('/')[0]}" : "";
        string kind = target.Kind.ToLowerInvariant() + group, ns = target.Namespace ?? incident.Metadata.Namespace ?? "";
        return ShellWord.IsPlain(kind) && ShellWord.IsPlain(target.Name) && ShellWord.IsPlain(ns)
            ? $"kubectl describe {kind} {target.Name} -n {ns}"
            : $"kubectl describe inc {incident.Metadata.Name} -n {incident.Metadata.Namespace}";
    }

    /// <summary>For an incident whose cause another one deals with.</summary>
    public static string Attached(IncidentParent parent)
    {
        string name = parent.Incident.Metadata.Name;
        return parent.Until is { } until
            ? $"{name}, which dealt with the cause, is over: it ends with its own signals, or is planned for by itself at {Time(until)}."
            : $"Nothing by itself: {name} deals with the cause, and this ends with its own signals. Look at: kubectl describe inc {name} -n {parent.Incident.Metadata.Namespace}.";
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
