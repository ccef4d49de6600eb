namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What a waiting container waits for.</summary>
internal enum WaitStep
{
    /// <summary>Its turn: volumes, or init containers before it.</summary>
    Turn,

    /// <summary>Its image, being pulled.</summary>
    Pull,

    /// <summary>The pull has just failed.</summary>
    PullFailed,

    /// <summary>The next pull.</summary>
    PullBackOff,

    /// <summary>A configuration that lets it be created.</summary>
    Config,

    /// <summary>The next start after a crash.</summary>
    CrashBackOff,
}
