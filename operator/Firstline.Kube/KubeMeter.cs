using System.Diagnostics.Metrics;

namespace Firstline.Kube;

/// <summary>The meter of all instruments of this project; their names are those of client-go and controller-runtime, so that existing dashboards fit.</summary>
public static class KubeMeter
{
    /// <summary>Name to subscribe to.</summary>
    public const string Name = "Firstline.Kube";

    internal static readonly Meter Instance = new(Name);
}
