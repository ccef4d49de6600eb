using Firstline.Api.Meta;
using Firstline.Kube.Informers;

namespace Firstline.Faults;

/// <summary>What an informer's handler was told, held against what must be true of it.</summary>
internal sealed class Deliveries
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NamespacedName, MapView> _present = [];
    private readonly HashSet<string> _gone = [];
    private readonly List<string> _violations = [];
    private readonly Pulse _pulse = new();

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>Completes at the next change after this call.</summary>
    public Task Changed => _pulse.Next;

    public void On(ResourceChange<MapView> change)
    {
        lock (_gate)
        {
            Check(change);
            if (change.New is { } now)
            {
                _present[change.Key] = now;
            }
            else
            {
                _present.Remove(change.Key);
                _gone.Add(change.Old?.Metadata.Uid ?? "");
            }
        }

        _pulse.Beat();
    }

    /// <summary>What the deliveries add up to.</summary>
    public Dictionary<string, string> State()
    {
        lock (_gate)
        {
            return _present.ToDictionary(static p => p.Key.Name, static p => p.Value.Fingerprint);
        }
    }

    private void Check(ResourceChange<MapView> change)
    {
        MapView? known = _present.GetValueOrDefault(change.Key);
        if (known?.Fingerprint != change.Old?.Fingerprint)
        {
            _violations.Add($"{change.Key.Name}: told that it was [{change.Old?.Fingerprint}] but it had been [{known?.Fingerprint}]");
        }

        if (change.New is not { } now)
        {
            return;
        }

        if (_gone.Contains(now.Metadata.Uid ?? ""))
        {
            _violations.Add($"{change.Key.Name}: {now.Metadata.Uid} came back after its deletion");
        }

        if (known is not null && known.Metadata.Uid == now.Metadata.Uid && Version(now) < Version(known))
        {
            _violations.Add($"{change.Key.Name}: went back from version {known.Metadata.ResourceVersion} to {now.Metadata.ResourceVersion}");
        }

        if (known is not null && known.Metadata.Uid != now.Metadata.Uid)
        {
            _violations.Add($"{change.Key.Name}: {known.Metadata.Uid} was replaced, but its deletion was never told");
        }
    }

    private static long Version(MapView map) => long.Parse(map.Metadata.ResourceVersion ?? "0", System.Globalization.CultureInfo.InvariantCulture);
}
