using System.Collections.Immutable;
using Firstline.Host.Options;

namespace Firstline.Host.Configuration;

/// <summary>The options in force. Those that can change while the operator runs are read here each time they are needed.</summary>
/// <param name="options">The options at start.</param>
/// <param name="layers">Where they come from, to read them again; null when they cannot change.</param>
public sealed class LiveOptions(OperatorOptions options, OptionLayers? layers = null)
{
    private volatile OperatorOptions _current = options;

    public OperatorOptions Current => _current;

    /// <summary>The file whose changes count; null for none.</summary>
    public string? File => layers?.File;

    /// <exception cref="OperatorStartException">The file cannot be read, or a value does not fit.</exception>
    public static LiveOptions From(OptionLayers layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return new(layers.Load(), layers);
    }

    /// <summary>Reads the file again and takes over what can be taken over now.</summary>
    /// <returns>Settings with a new value: those that took effect, and those that wait for a restart.</returns>
    /// <exception cref="OperatorStartException">The file is wrong; all stays as it was.</exception>
    public (ImmutableArray<OperatorSetting> Applied, ImmutableArray<OperatorSetting> Waiting) Reload()
    {
        OperatorOptions read = layers?.Load() ?? _current;
        OperatorOptions next = _current;
        ImmutableArray<OperatorSetting> changed = [.. OperatorSettings.All.Where(s => s.Get(read) != s.Get(_current))];
        foreach (OperatorSetting setting in changed.Where(static s => s.IsLive))
        {
            next = setting.Apply(next, setting.Get(read));
        }

        _current = next;
        return ([.. changed.Where(static s => s.IsLive)], [.. changed.Where(static s => !s.IsLive)]);
    }
}
