using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Kube.Client;

/// <summary>Which part of a pod's log to read.</summary>
public sealed record PodLogOptions
{
    /// <summary>Container; null when the pod has only one.</summary>
    public string? Container { get; init; }

    /// <summary>Lines from the end.</summary>
    public int TailLines { get; init; } = 100;

    /// <summary>Most bytes to read, so that a chatty container cannot fill the memory.</summary>
    public int LimitBytes { get; init; } = 64 * 1024;

    /// <summary>Which run of the container.</summary>
    public ContainerRun Run { get; init; }

    internal ImmutableArray<KeyValuePair<string, string>> Parameters()
    {
        ImmutableArray<KeyValuePair<string, string>>.Builder query = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (Container is { } container)
        {
            query.Add(new("container", container));
        }

        if (Run == ContainerRun.Previous)
        {
            query.Add(new("previous", "true"));
        }

        query.Add(new("tailLines", TailLines.ToString(CultureInfo.InvariantCulture)));
        query.Add(new("limitBytes", LimitBytes.ToString(CultureInfo.InvariantCulture)));
        return query.ToImmutable();
    }
}
