using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>A revision in the cache, with the workload that it belongs to.</summary>
/// <param name="Facts">The revision.</param>
/// <param name="Controller">The Deployment, StatefulSet or DaemonSet; null for a ReplicaSet on its own.</param>
/// <param name="Generation"><c>metadata.generation</c>: its template can't have changed while this has not.</param>
internal sealed record OwnedRevision(RevisionFacts Facts, OwnerReference? Controller, long Generation);
