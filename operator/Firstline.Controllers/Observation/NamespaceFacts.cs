using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Observation;

/// <summary>What is read of a Namespace.</summary>
/// <param name="Ref">The namespace.</param>
/// <param name="Paused">True when it is marked as paused.</param>
/// <param name="Ending">True when it is being deleted.</param>
internal sealed record NamespaceFacts(TargetRef Ref, bool Paused, bool Ending);
