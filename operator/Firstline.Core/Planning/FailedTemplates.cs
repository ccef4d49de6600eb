using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Core.Planning;

/// <summary>Reads from the requests of an incident which pod templates were rolled out for it and did not help.</summary>
internal static class FailedTemplates
{
    public static ImmutableArray<string> Of(Incident incident, IEnumerable<RemediationRequest> requests) =>
    [
        .. from request in requests
           where request.Spec.Incident.Uid == incident.Metadata.Uid
           where request.Status?.Outcome is RemediationOutcome.RolledBack or RemediationOutcome.Failed or RemediationOutcome.Inconclusive
           from step in request.Spec.Plan.Steps
           where request.Status!.Steps.Any(s => s.Name == step.Name && s.AppliedAt is not null)
           from template in step.Forward.Select(RolloutUndoAction.TemplateOf).OfType<string>()
           select template,
    ];
}
