using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>The newest rollout of a workload: what replaced what.</summary>
/// <param name="Workload">The Deployment, StatefulSet or DaemonSet.</param>
/// <param name="Newest">Its newest revision.</param>
/// <param name="Before">The revision before that one.</param>
public sealed record RolloutFacts(TargetRef Workload, RevisionFacts Newest, RevisionFacts Before);
