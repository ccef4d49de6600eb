using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>A known remedy: what it is for, the typed steps to take, the limits to keep, and how to tell that it helped.</summary>
[CustomResource("runbooks", "rbk", ResourceScope.Namespaced)]
[PrinterColumn("Level", ".spec.level", Description = "The least human involvement that the runbook declares.")]
[PrinterColumn("Mode", ".status.effectiveMode", Description = "What the operator may do with it now.")]
[PrinterColumn("Valid", ".status.conditions[?(@.type==\"Valid\")].status", Description = "Whether the runbook can be used.")]
[PrinterColumn("Revision", ".status.revision", Description = "Hash of the runbook's content.")]
[PrinterColumn("Runs", ".status.runs", Type = "integer", Description = "How often it was executed.")]
[PrinterColumn("Success", ".status.success", Description = "Verified successes of the runs.")]
[PrinterColumn("LastRun", ".status.lastRunTime", Type = "date", Description = "When it was executed last.")]
public sealed record Runbook : IResource
{
    /// <summary>Where runbooks are served.</summary>
    public static readonly ResourceType Type = new(GroupVersion.Group, GroupVersion.Version, "Runbook", "runbooks", ResourceScope.Namespaced);

    /// <inheritdoc/>
    public string ApiVersion { get; init => field = value ?? GroupVersion.ApiVersion; } = GroupVersion.ApiVersion;

    /// <inheritdoc/>
    public string Kind { get; init => field = value ?? "Runbook"; } = "Runbook";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The remedy.</summary>
    [Required]
    public RunbookSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What the operator makes of it.</summary>
    public RunbookStatus? Status { get; init; }
}
