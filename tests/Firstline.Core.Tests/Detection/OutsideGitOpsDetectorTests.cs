using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

/// <summary>The workload or ConfigMap is Argo CD's unless a row says otherwise.</summary>
public sealed class OutsideGitOpsDetectorTests
{
    private const string Argo = "argocd.argoproj.io/tracking-id";
    private const string Flux = "kustomize.toolkit.fluxcd.io/name";

    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("somebody set another image an hour ago", Of("kubectl-set", 3600, "image"), true, 82_800),
        ("somebody edited many fields", Of("kubectl-edit", 3600), true, 82_800),
        ("Flux declares it, as a label tells", Marked(Of("k9s", 3600, "memory"), ImmutableSortedDictionary<string, string>.Empty, Labels(Flux, "shop")), true, 82_800),
        ("somebody edited the content of a ConfigMap", Map("kubectl-edit", 3600, Argo), true, 82_800),
        ("somebody set another image a minute ago, which may be taken back", Of("kubectl-set", 60, "image"), false, 840),
        ("somebody set another image the day before yesterday", Of("kubectl-set", 2 * 86_400, "image"), false, null),
        ("Argo CD changed it last", Of("argocd-controller", 3600, "image"), false, null),
        ("somebody restarted it", Of("kubectl-rollout", 3600, "kubectl.kubernetes.io/restartedAt"), false, null),
        ("somebody restarted it in another way", Of("k9s", 3600, "kubectl.kubernetes.io/restartedAt"), false, null),
        ("somebody scaled it", Of("kubectl", 3600, "replicas"), false, null),
        ("its autoscaler scaled it", Of("kube-controller-manager", 3600, "replicas"), false, null),
        ("another controller changed it", Of("reloader", 3600, "env"), false, null),
        ("a remediation changed it", Of("firstline-remediation", 3600, "image"), false, null),
        ("nothing tells who changed it", Of(null, 3600), false, null),
        ("Helm alone deployed it", Marked(Of("kubectl-set", 3600, "image"), Labels(DeploymentMarks.HelmRelease, "shop"), ImmutableSortedDictionary<string, string>.Empty), false, null),
        ("nobody says that it is declared", Marked(Of("kubectl-set", 3600, "image"), ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty), false, null),
        ("a ConfigMap that nobody says is declared", Map("kubectl-edit", 3600, "example.com/note"), false, null),
        ("it is gone", Of("kubectl-set", 3600, "image") with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new OutsideGitOpsDetector(), sentence, situation, fires, lookAgain);

    private static Situation Of(string? by, int ago, params string[] fields) => Deployment(Pod(Running())) is var s
        ? s with { Workload = s.Workload! with { Annotations = Labels(Argo, "shop:apps/Deployment:shop/web"), LastChange = by is null ? null : new(Ago(ago), by, [.. fields]) } } : s;

    private static Situation Marked(Situation s, ImmutableSortedDictionary<string, string> annotations, ImmutableSortedDictionary<string, string> labels) =>
        s with { Workload = s.Workload! with { Annotations = annotations, Labels = labels } };

    private static Situation Map(string by, int ago, string annotation) => Facts.GivenAround.Of(Config(changed: ago) with { ChangedBy = by, Annotations = Labels(annotation, "x") });

}
