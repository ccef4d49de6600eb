using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Signals;

/// <summary>Reads from an alert's labels which object it is about.</summary>
/// <remarks>
/// <para>Precedence, first match wins: <c>workload</c> with <c>workload_type</c>; <c>deployment</c>, <c>statefulset</c>, <c>daemonset</c>,
/// <c>cronjob</c>, <c>job_name</c>, <c>pod</c> (each as kube-state-metrics labels its series); <c>configmap</c>; <c>node</c>; last the namespace
/// alone. A workload is more exact than its pod, and a pod more than the node it runs on.</para>
/// <para><c>job</c> is deliberately not read: Prometheus sets it on every series to the name of the scrape job. All namespaced kinds need <c>namespace</c> (or <c>exported_namespace</c>, which
/// wins: it is the one that the metric itself carried). Labels that name nothing give null.</para>
/// </remarks>
public static class TargetResolver
{
    private static readonly ImmutableArray<(string Label, string ApiVersion, string Kind)> Namespaced =
    [
        ("deployment", "apps/v1", "Deployment"),
        ("statefulset", "apps/v1", "StatefulSet"),
        ("daemonset", "apps/v1", "DaemonSet"),
        ("cronjob", "batch/v1", "CronJob"),
        ("job_name", "batch/v1", "Job"),
        ("pod", "v1", "Pod"),
        ("configmap", "v1", "ConfigMap"),
    ];

    /// <summary>The object that <paramref name="labels"/> name; null when they name none.</summary>
    public static TargetRef? Resolve(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string? ns = Value(labels, "namespace");
        TargetRef? target = ns is null ? null : Workload(labels, ns) ?? Named(labels, ns);
        return target
            ?? (Value(labels, "node") is { } node ? Checked(new() { ApiVersion = "v1", Kind = "Node", Name = node }) : null)
            ?? (ns is null ? null : Checked(new() { ApiVersion = "v1", Kind = "Namespace", Name = ns }));
    }

    private static TargetRef? Workload(IReadOnlyDictionary<string, string> labels, string ns)
    {
        if (Value(labels, "workload") is not { } name || Value(labels, "workload_type") is not { } type)
        {
            return null;
        }

        (string _, string apiVersion, string kind) =
            Namespaced.FirstOrDefault(known => string.Equals(known.Kind, type, StringComparison.OrdinalIgnoreCase));
        return kind is null ? null : Checked(new() { ApiVersion = apiVersion, Kind = kind, Namespace = ns, Name = name });
    }

    private static TargetRef? Named(IReadOnlyDictionary<string, string> labels, string ns)
    {
        foreach ((string label, string apiVersion, string kind) in Namespaced)
        {
            if (Value(labels, label) is { } name)
            {
                return Checked(new() { ApiVersion = apiVersion, Kind = kind, Namespace = ns, Name = name });
            }
        }

        return null;
    }

    // Where Prometheus scrapes an exporter that runs as a pod, its own labels hide those of the metric behind "exported_".
    private static string? Value(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.GetValueOrDefault("exported_" + name) is { Length: > 0 } exported ? exported
        : labels.GetValueOrDefault(name) is { Length: > 0 } plain ? plain
        : null;

    // A label is text from outside: only what can be the name of an object becomes part of a request path.
    private static TargetRef? Checked(TargetRef target) =>
        IsName(target.Name, 253) && (target.Namespace is null || IsName(target.Namespace, 63)) ? target : null;

    private static bool IsName(string text, int maxLength) =>
        text.Length <= maxLength
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
