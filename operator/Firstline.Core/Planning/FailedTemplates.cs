using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Reads from the requests of an incident which pod templates were rolled out for it and did not help.</summary>
public static class FailedTemplates
{
    /// <summary>True when the request changed something and ended without success: its plan still says what not to try again.</summary>
    public static bool IsToldBy(RemediationRequest request) =>
        request.Status is { Outcome: RemediationOutcome.RolledBack or RemediationOutcome.RollbackFailed or RemediationOutcome.TakenBack
            or RemediationOutcome.Failed or RemediationOutcome.Inconclusive } status
        && status.Steps.Any(static s => s.AppliedAt is not null);

    /// <summary>The templates as JSON text; empty when there are none.</summary>
    public static ImmutableArray<string> Of(Incident incident, IEnumerable<RemediationRequest> requests) =>
    [
        .. from request in requests
           where request.Spec.Incident.Uid == incident.Metadata.Uid
           where IsToldBy(request)
           from step in request.Spec.Plan.Steps
           where request.Status!.Steps.Any(s => s.Name == step.Name && s.AppliedAt is not null)
           from template in step.Forward.Select(RolloutUndoAction.TemplateOf).OfType<string>()
           select template,
    ];
}
