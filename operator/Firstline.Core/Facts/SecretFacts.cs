using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Secret: its metadata. Values are never asked for.</summary>
/// <param name="Ref">The Secret, with its UID.</param>
/// <param name="ChangedAt">When it was changed last, as far as managedFields tell; null when they do not.</param>
/// <param name="Issuer">cert-manager's annotation that names the issuer of its certificate; null without one.</param>
/// <param name="IsRotated">True when an annotation says that its content was rotated.</param>
public sealed record SecretFacts(TargetRef Ref, DateTimeOffset? ChangedAt, string? Issuer, bool IsRotated);
