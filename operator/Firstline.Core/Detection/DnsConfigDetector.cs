using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds configurations of the cluster's DNS (a ConfigMap with a Corefile) that cannot work.</summary>
/// <remarks>Only what breaks names of the cluster itself, or all others, is reported.</remarks>
public sealed class DnsConfigDetector : IDetector
{
    /// <summary>How long a change may stand before it is reported.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the Corefile, in words that go on after its name; null when nothing is.</summary>
    public static string? Fault(ConfigMapFacts config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (!config.IsDnsConfig || config.Data.GetValueOrDefault("Corefile") is not { } corefile)
        {
            return null;
        }

        string[] lines = [.. corefile.Split('\n', StringSplitOptions.TrimEntries).Where(static l => l.Length > 0 && l[0] != '#')];
        return Template(lines) is { } template ? $"of coredns answers with a template ({template}), NXDOMAIN or the like, for names that exist"
            : lines.Any(static l => l.StartsWith(".:53", StringComparison.Ordinal)) && !lines.Any(static l => l.StartsWith("kubernetes ", StringComparison.Ordinal))
                ? "of coredns lacks the kubernetes plugin, so that no name of the cluster resolves"
            : lines.Any(static l => l.StartsWith("forward . 127.", StringComparison.Ordinal)) ? "of coredns forwards to itself (a loop)"
            : null;
    }

    private static string? Template(string[] lines)
    {
        string? template = Array.Find(lines, static l => l.StartsWith("template ", StringComparison.Ordinal));
        string? answer = Array.Find(lines, static l => l is "rcode NXDOMAIN" or "rcode SERVFAIL" or "rcode REFUSED");
        return template is null || answer is null ? null : $"{template.TrimEnd('{', ' ')}: {answer}";
    }

    /// <inheritdoc/>
    public string Name => "DnsConfig";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Subject.Kind: "ConfigMap", ConfigMaps: [{ IsDnsConfig: true } config] } && Fault(config) is { } fault
            ? ContainerSearch.After(Name, situation, config.ChangedAt ?? now - Patience, Patience, now, $"the Corefile {fault}")
            : DetectorReport.Nothing;
    }
}
