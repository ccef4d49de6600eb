namespace Firstline.Cli.Demo;

/// <summary>Who does or sees something in the account.</summary>
internal enum Speaker
{
    /// <summary>The person who runs the demo; what they would type.</summary>
    You,

    /// <summary>What the cluster's objects show.</summary>
    Cluster,

    /// <summary>What Alertmanager would send.</summary>
    Alerts,

    /// <summary>What the operator wrote on its objects.</summary>
    Firstline,

    /// <summary>The human who approves.</summary>
    Alice,
}
