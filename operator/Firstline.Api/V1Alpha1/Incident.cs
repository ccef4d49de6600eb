using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>Something is broken, or is about to be: what was seen, what may be the cause, what was done about it and what was not.</summary>
[CustomResource("incidents", "inc", ResourceScope.Namespaced)]
[PrinterColumn("Sev", ".status.severity", Description = "Severity that a human confirmed, or else the suggested one.")]
[PrinterColumn("Stage", ".status.stage", Description = "Where the incident is on its way; derived from the conditions.")]
[PrinterColumn("Level", ".status.level", Description = "Who acts: L1 the operator, L2 the operator after approval, L3 humans.")]
[PrinterColumn("Category", ".status.category", Description = "What kind of trouble it is.")]
[PrinterColumn("Target", ".status.target", Description = "The object in trouble.")]
[PrinterColumn("Hypothesis", ".status.hypothesis", Description = "The likeliest cause and its confidence; a hypothesis, not a fact.")]
[PrinterColumn("Count", ".status.count", Type = "integer", Description = "How often signals reported it.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date")]
[SelectableField(".spec.fingerprint")]
[SelectableField(".spec.source")]
public sealed record Incident : IResource
{
    /// <summary>Where incidents are served.</summary>
    public static readonly ResourceType Type = new(GroupVersion.Group, GroupVersion.Version, "Incident", "incidents", ResourceScope.Namespaced);

    /// <inheritdoc/>
    public string ApiVersion { get; init => field = value ?? GroupVersion.ApiVersion; } = GroupVersion.ApiVersion;

    /// <inheritdoc/>
    public string Kind { get; init => field = value ?? "Incident"; } = "Incident";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What was reported.</summary>
    [Required]
    public IncidentSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What the operator found out and did.</summary>
    public IncidentStatus? Status { get; init; }
}
