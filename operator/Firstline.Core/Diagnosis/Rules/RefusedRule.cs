using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>Pods are refused before they exist: the API server says why.</summary>
/// <remarks>Basis 90: the refusal names its reason. The object at fault is the workload, whose pods break the rule; a webhook that cannot be reached is at fault itself.</remarks>
internal sealed partial class RefusedRule : IHypothesisRule
{
    private const string Limits = "a LimitRange does not allow its requests or limits";

    // Words of the refusal, the most exact first.
    private static readonly ImmutableArray<(string Words, string Cause, string What)> Reasons =
    [
        ("exceeded quota", Causes.QuotaExceeded, "a ResourceQuota is exceeded"),
        ("failed quota", Causes.QuotaRequiresLimits, "a ResourceQuota demands requests or limits that the template does not set"),
        ("must specify", Causes.QuotaRequiresLimits, "a ResourceQuota demands requests or limits that the template does not set"),
        ("PodSecurity", Causes.AdmissionDeniedPodSecurity, "the Pod Security Standard that the namespace enforces"),
        ("serviceaccount", Causes.MissingServiceAccount, "their ServiceAccount does not exist"),
        ("service account", Causes.MissingServiceAccount, "their ServiceAccount does not exist"),
        ("failed calling webhook", Causes.WebhookUnavailable, "an admission webhook cannot be reached"),
        ("usage per", Causes.AdmissionDenied, Limits),
        ("maximum cpu", Causes.AdmissionDenied, Limits),
        ("maximum memory", Causes.AdmissionDenied, Limits),
    ];

    public string Name => "Refused";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.QuotaExceeded or Causes.QuotaRequiresLimits => new("With room in the quota, or the values that it demands, the missing pods are made within minutes.", "The quota's status shows room for one more such pod."),
        Causes.MissingResourceRequests => new("With the requests that the LimitRange asks for, the missing pods are made.", "The LimitRange allows what the template requests."),
        Causes.WebhookUnavailable => new("Once the webhook's Service has ready pods, pods are made again.", "The webhook answers, and the refusal goes on."),
        _ => new("A pod that meets the rule that refused it is made; the same template in another namespace may pass.", "The same template is admitted in this namespace now."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ConditionFacts? refusal = @case.Situation.Workload?.Conditions.FirstOrDefault(static c => c is { Type: "ReplicaFailure", Status: ConditionStatus.True });
        string? said = refusal is { Message: { Length: > 0 } message } ? message
            : @case.Situation.Events.FirstOrDefault(static e => e.Reason == "FailedCreate")?.Message;
        if (said is null)
        {
            return [];
        }

        WebhookFacts? webhook = @case.Situation.Around.Webhooks.FirstOrDefault(w => w.Hooks.Any(h => said.Contains($"\"{h.Name}\"", StringComparison.Ordinal)));
        (string cause, string what) = Why(said);
        TargetRef at = cause is Causes.WebhookUnavailable or Causes.AdmissionDenied && webhook is not null ? webhook.Ref : @case.Subject;
        return
        [
            Drafts.Of(
                @case, cause, at, 90, $"pods of {@case.Subject} are refused: {what}: {BoundedText.Of(said, 600)}", $"kubectl describe {@case.KubectlName}", "event/FailedCreate",
                "workload/ReplicaFailure", "quota", "limits") with { DueTo = DueTo(@case, cause, said) },
            .. said.Contains("minimum ", StringComparison.Ordinal) && said.Contains("usage per", StringComparison.Ordinal) ? new[]
            {
                Drafts.Of(
                    @case, Causes.MissingResourceRequests, @case.Subject, 70, $"the template of {@case.Subject} requests less than a LimitRange asks for: {BoundedText.Of(said, 600)}",
                    $"kubectl get limitrange{@case.NamespaceFlag} -o yaml", "event/FailedCreate", "workload/ReplicaFailure", "limits"),
            } : [],
        ];
    }

    // What refuses one workload refuses each other one that is like it. A webhook is at fault itself.
    private static TargetRef? DueTo(DiagnosisCase @case, string cause, string said) => cause switch
    {
        Causes.QuotaExceeded or Causes.QuotaRequiresLimits => Named(@case, "ResourceQuota", Quota().Match(said)),
        Causes.MissingServiceAccount => Named(@case, "ServiceAccount", ServiceAccount().Match(said)),
        Causes.AdmissionDeniedPodSecurity when @case.Subject.Namespace is { } ns => new() { ApiVersion = "v1", Kind = "Namespace", Name = ns },   // whose labels enforce it
        _ => null,
    };

    private static TargetRef? Named(DiagnosisCase @case, string kind, Match match) =>
        match.Success ? new() { ApiVersion = "v1", Kind = kind, Namespace = @case.Subject.Namespace, Name = match.Groups["name"].Value } : null;

    // exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10
    // failed quota: compute: must specify limits.cpu for: app
    [GeneratedRegex("(exceeded|failed) quota: (?<name>[a-z0-9.-]{1,253})[,:]", RegexOptions.CultureInvariant)]
    private static partial Regex Quota();

    [GeneratedRegex("serviceaccount \"(?<name>[a-z0-9.-]{1,253})\" not found", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceAccount();

    private static (string Cause, string What) Why(string said) =>
        Reasons.Where(r => said.Contains(r.Words, StringComparison.OrdinalIgnoreCase)).Select(static r => (r.Cause, r.What))
            .FirstOrDefault((Causes.AdmissionDenied, "admission denied the request"));
}
