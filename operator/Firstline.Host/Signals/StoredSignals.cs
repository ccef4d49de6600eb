using System.Collections.Immutable;

namespace Firstline.Host.Signals;

/// <summary>What became of the signals of one request.</summary>
/// <param name="Count">How many are stored.</param>
/// <param name="Problems">One sentence for each that sending it again cannot help.</param>
/// <param name="Retry">Why at least one must be sent again; null when none must.</param>
internal sealed record StoredSignals(int Count, ImmutableArray<string> Problems, string? Retry);
