using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>An object that a plan changes, undoing included.</summary>
/// <param name="Ref">The object, with its namespace unless its kind has none.</param>
/// <param name="Verb">How it is changed; null of the plan's target, which the mutations may leave as it is.</param>
/// <param name="Node">The node that a pod is evicted from when it is emptied; null otherwise.</param>
public sealed record TouchedObject(TargetRef Ref, MutationVerb? Verb, TargetRef? Node);
