using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>One thing observed, before it gets its id.</summary>
/// <param name="Topic">What it is about, slash-separated, such as container/web-1/app.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Source">Object and field.</param>
/// <param name="Time">When what it shows happened.</param>
/// <param name="Excerpt">What was read.</param>
internal sealed record Observation(string Topic, EvidenceKind Kind, string Source, DateTimeOffset Time, string Excerpt);
