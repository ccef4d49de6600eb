namespace Firstline.Core.Lifecycle;

/// <summary>Whether an incident is kept.</summary>
/// <param name="Remove">True when it goes, and its requests with it.</param>
/// <param name="Message">Why, in words that go on after the incident's name.</param>
/// <param name="LookAgainAt">When the answer may be another one by time alone; null when it can't.</param>
public sealed record RetentionDecision(bool Remove, string Message, DateTimeOffset? LookAgainAt = null);
