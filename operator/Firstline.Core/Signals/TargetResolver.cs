using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Reads from an alert's name and labels which object it is about.</summary>
/// <remarks>
/// <para>The labels are those of the metric alone, without the exporter's own (<see cref="OwnLabels"/>). For an alert of the <see cref="AlertCatalogue"/> its subject's
/// label decides. For others, and where that label is missing, first match wins: <c>workload</c> with <c>workload_type</c>; <c>deployment</c>,
/// <c>statefulset</c>, <c>daemonset</c>, <c>cronjob</c>, <c>job_name</c>, <c>horizontalpodautoscaler</c>, <c>poddisruptionbudget</c>, <c>persistentvolumeclaim</c>,
/// <c>resourcequota</c>, <c>pod</c> (each as kube-state-metrics labels its series); <c>configmap</c>; <c>node</c>; <c>persistentvolume</c>; last the namespace
/// alone. A workload is more exact than its pod, and a pod more than the node it runs on.</para>
/// <para><c>job</c> is deliberately not read: Prometheus sets it on every series to the name of the scrape job. All namespaced kinds need <c>namespace</c>. Labels that name
/// nothing give null.</para>
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
        ("horizontalpodautoscaler", "autoscaling/v2", "HorizontalPodAutoscaler"),
        ("poddisruptionbudget", "policy/v1", "PodDisruptionBudget"),
        ("persistentvolumeclaim", "v1", "PersistentVolumeClaim"),
        ("resourcequota", "v1", "ResourceQuota"),
        ("pod", "v1", "Pod"),
        ("configmap", "v1", "ConfigMap"),
    ];

    private static readonly ImmutableArray<(string Label, string ApiVersion, string Kind)> OfCluster =
    [
        ("node", "v1", "Node"),
        ("persistentvolume", "v1", "PersistentVolume"),
    ];

    // "name" says what it names only where the alert is known.
    private static readonly (string Label, string ApiVersion, string Kind) ApiService = ("name", "apiregistration.k8s.io/v1", "APIService");

    // Kinds that no label names, since Prometheus sets the labels to where it scraped from, or nobody sets them.
    private static readonly ImmutableArray<(string Label, string ApiVersion, string Kind)> Unlabelled =
    [
        ("", "v1", "Service"), ("", "v1", "Secret"), ("", "networking.k8s.io/v1", "Ingress"), ("", "v1", "Namespace"), ApiService,
    ];

    /// <summary>Kinds that rules and mappings may name as targets.</summary>
    public static IEnumerable<string> Kinds => Known.Select(static k => k.Kind);

    private static IEnumerable<(string Label, string ApiVersion, string Kind)> Known => [.. Namespaced, .. OfCluster, .. Unlabelled];

    /// <summary>The object that is named; null when the kind is not known, the names can't be, or a namespace is missing.</summary>
    /// <param name="kind">Kind; upper and lower case count as equal.</param>
    /// <param name="ns">Namespace; null for none, and passed over for objects of the cluster.</param>
    /// <param name="name">Name.</param>
    public static TargetRef? Named(string kind, string? ns, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        (string _, string apiVersion, string known) = Known.FirstOrDefault(k => string.Equals(k.Kind, kind, StringComparison.OrdinalIgnoreCase));
        bool ofCluster = known is not null && TargetScope.IsClusterScoped(known);
        return known is null || (!ofCluster && ns is null) ? null
            : Checked(new() { ApiVersion = apiVersion, Kind = known, Namespace = ofCluster ? null : ns, Name = name });
    }

    /// <summary>The object that the alert is about; null when its labels name none.</summary>
    /// <param name="alert">The alert's name.</param>
    /// <param name="labels">The alert's labels.</param>
    public static TargetRef? Resolve(string alert, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string? subject = AlertCatalogue.SubjectLabel(alert);
        Dictionary<string, string> own = OwnLabels.Of(subject, labels);
        string? ns = own.GetValueOrDefault("namespace");
        return Subject(own, ns, subject)
            ?? (ns is null ? null : Workload(own, ns) ?? Named(own, ns, Namespaced))
            ?? Named(own, null, OfCluster)
            ?? (ns is null ? null : Checked(new() { ApiVersion = "v1", Kind = "Namespace", Name = ns }));
    }

    private static TargetRef? Subject(Dictionary<string, string> labels, string? ns, string? subject) =>
        subject is null ? null
        : (ns is null ? null : Named(labels, ns, [.. Namespaced.Where(k => k.Label == subject)]))
            ?? Named(labels, null, [.. OfCluster.Append(ApiService).Where(k => k.Label == subject)]);

    private static TargetRef? Workload(Dictionary<string, string> labels, string ns)
    {
        if (!labels.TryGetValue("workload", out string? name) || !labels.TryGetValue("workload_type", out string? type))
        {
            return null;
        }

        (string _, string apiVersion, string kind) =
            Namespaced.FirstOrDefault(known => string.Equals(known.Kind, type, StringComparison.OrdinalIgnoreCase));
        return kind is null ? null : Checked(new() { ApiVersion = apiVersion, Kind = kind, Namespace = ns, Name = name });
    }

    private static TargetRef? Named(Dictionary<string, string> labels, string? ns, ImmutableArray<(string Label, string ApiVersion, string Kind)> kinds)
    {
        foreach ((string label, string apiVersion, string kind) in kinds)
        {
            if (labels.TryGetValue(label, out string? name))
            {
                return Checked(new() { ApiVersion = apiVersion, Kind = kind, Namespace = ns, Name = name });
            }
        }

        return null;
    }

    // A label is text from outside: only what can be the name of an object becomes part of a request path.
    private static TargetRef? Checked(TargetRef target) =>
        IsName(target.Name, 253) && (target.Namespace is null || IsName(target.Namespace, 63)) ? target : null;

    private static bool IsName(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength
        && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
