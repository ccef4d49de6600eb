using System.Collections.Immutable;

namespace Firstline.Core.Signals;

/// <summary>The labels of an alert that its metric carried, without those of the pod that Prometheus scraped the metric from.</summary>
/// <remarks>
/// <para>Prometheus adds to every series where it was scraped: <c>job</c>, <c>instance</c>, and of an exporter in a pod <c>namespace</c>, <c>pod</c>,
/// <c>container</c> and <c>service</c>. Where a metric has such a label itself, either its own wins (<c>honor_labels: true</c>) or it is renamed to <c>exported_...</c>. With the
/// first, an alert on a node carries the pod of kube-state-metrics as if it were about it.</para>
/// <para>So: an <c>exported_</c> label wins; beside one, the unexported pod is the exporter's. Without any, a pod is the exporter's when it is named after the
/// exporter's job, service or container.</para>
/// </remarks>
internal static class OwnLabels
{
    private const string Exported = "exported_";
    private const string NodeExporter = "node-exporter";
    private static readonly ImmutableArray<string> Exporters = ["kube-state-metrics", NodeExporter];
    private static readonly ImmutableArray<string> Added = ["namespace", "pod", "container", "service"];

    /// <summary>The labels that say what the alert is about; names without <c>exported_</c>.</summary>
    /// <param name="subject">Label that names the alert's subject, which then is the metric's own whatever it looks like; null when the alert is not known.</param>
    /// <param name="labels">The alert's labels.</param>
    public static Dictionary<string, string> Of(string? subject, IReadOnlyDictionary<string, string> labels)
    {
        Dictionary<string, string> own = new(labels.Where(static l => l.Value.Length > 0));
        ImmutableArray<string> exported = [.. own.Keys.Where(static k => k.StartsWith(Exported, StringComparison.Ordinal))];
        IEnumerable<string> foreign = exported.IsEmpty ? subject == "pod" ? [] : ExportersOwn(own) : Added.Where(a => !exported.Contains(Exported + a));
        foreach (string label in foreign.ToImmutableArray())
        {
            own.Remove(label);
        }

        foreach (string label in exported)
        {
            own[label[Exported.Length..]] = own[label];
        }

        if (NodeOf(own) is { } node)
        {
            own.TryAdd("node", node);
        }

        return own;
    }

    private static IEnumerable<string> ExportersOwn(Dictionary<string, string> labels)
    {
        if (!labels.TryGetValue("pod", out string? pod) || ExporterOf(labels) is not { } exporter)
        {
            return [];
        }

        bool isOwn = exporter == NodeExporter || pod.Contains(exporter, StringComparison.Ordinal) || IsNamedAfter(pod, "service") || IsNamedAfter(pod, "container");
        return isOwn ? ["pod", "container", "service"] : [];

        bool IsNamedAfter(string name, string label) => labels.TryGetValue(label, out string? value) && name.StartsWith(value + "-", StringComparison.Ordinal);
    }

    private static string? ExporterOf(Dictionary<string, string> labels) =>
        labels.TryGetValue("job", out string? job) ? Exporters.FirstOrDefault(e => job.Contains(e, StringComparison.Ordinal)) : null;

    // An exporter of a machine's own figures: the machine is the subject. Its address is no name, but some call the target by its node.
    private static string? NodeOf(Dictionary<string, string> labels) =>
        ExporterOf(labels) != NodeExporter ? null
        : labels.GetValueOrDefault("nodename")
            ?? (labels.TryGetValue("instance", out string? instance) && HostIn(instance) is var host && host.Any(char.IsAsciiLetter) ? host : null);

    // [2001:db8::5]:9100 is an address too.
    private static string HostIn(string instance) => instance.StartsWith('[') ? "" : instance.Split(':')[0];
}
