using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Secret: its metadata. Values are never asked for.</summary>
/// <param name="Ref">The Secret, with its UID.</param>
/// <param name="IsRotated">True when an annotation says that its content was rotated.</param>
public sealed record SecretFacts(TargetRef Ref, bool IsRotated);
