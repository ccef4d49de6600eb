namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Counts per owner the hung pods that were told to go: as many of the pods that come after them are cured, since replacing a hung process helps.</summary>
internal sealed class HungPods
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _stopped = new(StringComparer.Ordinal);

    public void Stopped(string owner, PodState last)
    {
        if (last.AllContainers.Any(c => c.IsHung))
        {
            lock (_gate)
            {
                _stopped[owner] = _stopped.GetValueOrDefault(owner) + 1;
            }
        }
    }

    /// <summary>Whether a new pod of that owner stands in for a hung one.</summary>
    public bool TakeReplacement(string? owner)
    {
        lock (_gate)
        {
            if (owner is null || _stopped.GetValueOrDefault(owner) == 0)
            {
                return false;
            }

            _stopped[owner]--;
            return true;
        }
    }
}
