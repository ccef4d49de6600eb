namespace Firstline.Benchmarks.Churn;

/// <summary>What people and pipelines do.</summary>
internal enum ErrandKind
{
    Rollout,
    Scaling,
    Job,
    Drain,
}
