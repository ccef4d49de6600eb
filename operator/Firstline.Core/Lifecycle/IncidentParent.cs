using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>The incident that deals with the cause of another one.</summary>
/// <param name="Incident">It.</param>
/// <param name="Why">Why it is taken for the same cause, in one sentence.</param>
/// <param name="Until">How long the other is left to recover by itself, once the parent is over; null while the parent is open. The end of time when it can only end with its parent.</param>
public sealed record IncidentParent(Incident Incident, string Why, DateTimeOffset? Until);
