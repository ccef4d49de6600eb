using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>What a look-up found.</summary>
/// <param name="Items">Evidence without ids, bounded, secrets removed.</param>
/// <param name="Suspicious">Sources of items whose text gives orders to its reader or hides something.</param>
public sealed record Found(ImmutableArray<EvidenceItem> Items, ImmutableArray<string> Suspicious)
{
    /// <summary>The items as JSON, each with its id.</summary>
    public string ToJson(EvidenceRedaction redaction) => EvidenceJson.Of(Items, redaction);
}
