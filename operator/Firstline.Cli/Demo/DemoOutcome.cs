namespace Firstline.Cli.Demo;

/// <summary>What the demo's exit code rests on; each is set from what stood on the objects.</summary>
internal sealed record DemoOutcome
{
    /// <summary>The L1 incident was verified resolved without a human.</summary>
    public bool L1Resolved { get; init; }

    /// <summary>The L2 request waited and changed nothing until it was approved.</summary>
    public bool L2Waited { get; init; }

    /// <summary>The approval was recorded and the L2 incident was verified resolved.</summary>
    public bool L2Resolved { get; init; }

    /// <summary>Why the story did not come to its end, in one sentence; null when it did.</summary>
    public string? Interruption { get; init; }

    /// <summary>What is missing, in one sentence; null when the demo showed what it promises.</summary>
    public string? Failure => this switch
    {
        { Interruption: { } interruption } => interruption,
        { L1Resolved: false } => "the L1 incident of Deployment/web was not verified resolved",
        { L2Waited: false } => "the L2 remediation of Deployment/checkout did not wait for its approval",
        { L2Resolved: false } => "the L2 incident of Deployment/checkout was not approved and resolved",
        _ => null,
    };
}
