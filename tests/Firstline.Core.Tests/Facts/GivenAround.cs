using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Facts;

/// <summary>Facts of what lies around workloads, for tables: sound by default, changed with <c>with</c>, and a situation of each kind of subject.</summary>
internal static class GivenAround
{
    private static readonly TargetRef NodeRef = new() { ApiVersion = "v1", Kind = "Node", Name = "n1", Uid = "uid-n1" };

    public static ImmutableSortedDictionary<string, string> Labels(string key, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    public static ServiceFacts Service(string name = "web", string app = "web", int port = 80, string target = "8080", int age = 3600) => new()
    {
        Ref = Target("Service", name, "v1"), CreatedAt = Ago(age), Selector = Labels("app", app), Ports = [new("", port, target)],
    };

    public static EndpointFacts Endpoints(string service = "web", int ready = 1, int unready = 0, params string[] nodes) =>
        new("shop", $"{service}-abcde", service, ready, unready, [.. nodes]);

    /// <summary>A workload whose pods have the label <c>app</c>, its own name unless another is given, and this container.</summary>
    public static WorkloadFacts Workload(string name = "web", string? app = null, string container = Listens) =>
        Deployment().Workload! with { Ref = Target(name: name), TemplateJson = Template(app ?? name, container) };

    /// <summary>A container that declares port 8080.</summary>
    public const string Listens = """{"name":"app","ports":[{"containerPort":8080}]}""";

    /// <summary>A pod template with the label <c>app</c> and one container.</summary>
    public static string Template(string app, string container) =>
        $$$"""{"metadata":{"labels":{"app":"{{{app}}}"}},"spec":{"containers":[{{{container}}}]}}""";

    public static IngressFacts Ingress(string @class = "nginx", string service = "web", string port = "80", string secret = "web-tls", int age = 3600) => new()
    {
        Ref = Target("Ingress", "web", "networking.k8s.io/v1"), CreatedAt = Ago(age), Class = @class,
        Backends = [new("/", service, port)], Tls = [new(secret, ["shop.example"])],
    };

    /// <summary>All that <see cref="Ingress"/> needs.</summary>
    public static Surroundings Routed { get; } = new() { Services = [Service()], IngressClasses = [new("nginx", false)], Secrets = [Secret("web-tls")] };

    public static SecretFacts Secret(string name, bool rotated = false) => new(Target("Secret", name, "v1"), rotated);

    public static ClaimFacts Claim(string phase = "Pending", int age = 3600, string? @class = "fast") => new()
    {
        Ref = Target("PersistentVolumeClaim", "data", "v1"), CreatedAt = Ago(age), Phase = phase, StorageClass = @class,
    };

    public static StorageClassFacts StorageClass(string name = "fast", bool waits = false, bool isDefault = false) => new(name, waits, isDefault, false);

    public static AutoscalerFacts Autoscaler(string reason, string type = "ScalingActive", int since = 3600, string message = "no metrics returned") => new()
    {
        Ref = Target("HorizontalPodAutoscaler", "web", "autoscaling/v2"), CreatedAt = Ago(86_400), Scales = Target(),
        Conditions = [new(type, ConditionStatus.False, reason, message, Ago(since))],
    };

    public static BudgetFacts Budget(int allowed = 0, int healthy = 2, int desired = 2, int expected = 2, int since = 3600) => new()
    {
        Ref = Target("PodDisruptionBudget", "web", "policy/v1"), CreatedAt = Ago(86_400), Allowed = allowed, Healthy = healthy, Desired = desired, Expected = expected,
        Conditions = [new("DisruptionAllowed", allowed > 0 ? ConditionStatus.True : ConditionStatus.False, "InsufficientPods", "", Ago(since))],
    };

    public static WebhookFacts Webhook(params WebhookHook[] hooks) => new()
    {
        Ref = new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "ValidatingWebhookConfiguration", Name = "guard", Uid = "uid-guard" }, CreatedAt = Ago(3600), Hooks = [.. hooks],
    };

    public static WebhookHook Hook(string service = "web", bool blocks = true) => new($"{service}.example", "shop", service, blocks, true, LabelSelectorFacts.Everything);

    public static NodeFacts Node(params ConditionFacts[] conditions) => new()
    {
        Ref = NodeRef, CreatedAt = Ago(86_400), Conditions = [.. conditions.Length > 0 ? conditions : [new("Ready", ConditionStatus.True, "KubeletReady", "", Ago(86_400))]],
    };

    public static ConditionFacts NotReady(int since = 3600) => new("Ready", ConditionStatus.Unknown, "NodeStatusUnknown", "Kubelet stopped posting node status.", Ago(since));

    public static VolumeFacts Volume(string phase) => new()
    {
        Ref = new() { ApiVersion = "v1", Kind = "PersistentVolume", Name = "pv-1", Uid = "uid-pv-1" }, CreatedAt = Ago(3600), Phase = phase, Message = "error getting deleter volume plugin",
    };

    public static ConfigMapFacts Dns(string corefile, int changed = 3600) => new()
    {
        Ref = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "kube-system", Name = "coredns", Uid = "uid-coredns" }, IsDnsConfig = true, ChangedAt = Ago(changed),
        Data = Labels("Corefile", corefile),
    };

    public static LogSurveyFacts Survey(params LogSign[] signs) => new()
    {
        Subject = Target(), Labels = Labels("app", "web"), Node = "n1", At = Ago(10), Since = Ago(600), Signs = [.. signs],
    };

    public static Situation Of(ServiceFacts service) => new() { Subject = service.Ref, Service = service };

    public static Situation Of(IngressFacts ingress) => new() { Subject = ingress.Ref, Ingress = ingress, Around = Routed };

    public static Situation Of(ClaimFacts claim) => new() { Subject = claim.Ref, Claim = claim, Around = new() { StorageClasses = [StorageClass()] } };

    public static Situation Of(AutoscalerFacts scaler) => new() { Subject = scaler.Ref, Autoscaler = scaler };

    public static Situation Of(BudgetFacts budget) => new() { Subject = budget.Ref, Budget = budget };

    public static Situation Of(WebhookFacts webhook) => new() { Subject = webhook.Ref, Webhook = webhook, Around = new() { Services = [Service()], Endpoints = [Endpoints()] } };

    public static Situation Of(NodeFacts node) => new() { Subject = node.Ref, Node = node };

    public static Situation Of(VolumeFacts volume) => new() { Subject = volume.Ref, Volume = volume };

    public static Situation Of(ConfigMapFacts config) => new() { Subject = config.Ref, ConfigMaps = [config] };
}
