using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Verification;

/// <summary>One look of a verification.</summary>
/// <param name="Record">The record to store.</param>
/// <param name="Reason">One of <see cref="VerificationReasons"/>.</param>
/// <param name="Message">What was seen, in one sentence.</param>
/// <param name="LookAgainAt">When to look again although nothing changes; null when it is decided.</param>
public sealed record VerificationLook(VerificationRecord Record, string Reason, string Message, DateTimeOffset? LookAgainAt);
