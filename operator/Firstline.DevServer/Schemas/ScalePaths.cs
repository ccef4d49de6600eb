namespace Firstline.DevServer.Schemas;

/// <summary>Where a kind keeps what its <c>/scale</c> subresource shows.</summary>
/// <param name="SpecReplicas">Such as <c>.spec.replicas</c>.</param>
/// <param name="StatusReplicas">Such as <c>.status.replicas</c>.</param>
/// <param name="LabelSelector">Such as <c>.spec.selector</c> (object, built-in kinds) or a string path (custom resources); null when there is none.</param>
internal sealed record ScalePaths(string SpecReplicas, string StatusReplicas, string? LabelSelector);
