using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Detection;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Detection;

/// <summary>Which findings are held back: those that a human's feedback tuned, and those that the policy asks to wait.</summary>
public sealed class HeldFindings(IncidentCache incidents, Informer<RemediationPolicy> policies)
{
    /// <summary>Until when a finding that no open incident holds is held back, and why; null when it is reported.</summary>
    /// <exception cref="Kube.TransientException">The caches are not filled yet.</exception>
    public (DateTimeOffset Until, string Why)? Of(Finding finding, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(finding);
        (DateTimeOffset Until, string Why)? tuned = DetectorTuning.Hold(finding, incidents.With(finding.Fingerprint).Where(static i => !IncidentCache.IsOpen(i)), now);
        (DateTimeOffset Until, string Why)? declared = PolicyHold.Of(finding, policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec, now);
        return tuned is null || declared?.Until > tuned.Value.Until ? declared ?? tuned : tuned;
    }
}
