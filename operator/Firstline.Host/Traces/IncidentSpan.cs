using System.Collections.Immutable;

namespace Firstline.Host.Traces;

/// <summary>A stretch of an incident's life.</summary>
/// <param name="Name">Which: incident, detection, diagnosis, planning, gates, execution, verification, escalation.</param>
/// <param name="TraceId">32 hexadecimal digits: the incident's UID without its dashes.</param>
/// <param name="SpanId">16 hexadecimal digits, the same each time that the span is made.</param>
/// <param name="ParentId">The span of the whole incident; empty for that one.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended, not before <paramref name="Start"/>.</param>
/// <param name="Attributes">What it was about.</param>
/// <param name="Error">Why it did not end well; null when it did.</param>
internal sealed record IncidentSpan(
    string Name, string TraceId, string SpanId, string ParentId, DateTimeOffset Start, DateTimeOffset End,
    ImmutableArray<KeyValuePair<string, string>> Attributes, string? Error = null);
