using Firstline.Kube.Queue;

namespace Firstline.Kube.Runtime;

/// <summary>What a <see cref="ControllerHost"/> starts and stops.</summary>
public interface IController
{
    /// <summary>Name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>What it has to do now.</summary>
    QueueLoad Load { get; }

    /// <summary>
    /// Works until <paramref name="stopTaking"/> is cancelled, then finishes what is in work; <paramref name="abort"/> cancels that too.
    /// The informers have synced.
    /// </summary>
    Task RunAsync(CancellationToken stopTaking, CancellationToken abort);
}
