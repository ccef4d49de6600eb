using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis.Changes;

/// <summary>A day of changes around a workload that crashes: one of them did it, thirty did not. All is drawn from the seed.</summary>
/// <remarks>Where what it calls did it, its log names that in four of five. Half of the culprits are rollouts of the workload itself, the others configuration that it reads, a rollout of what it calls, and a NetworkPolicy. Innocent changes are spread over the
/// day, one in five of them within the half hour before the trouble, and one in seven comes after it. They are of the same kinds as the culprits but one: rollouts of what it
/// calls and of neighbours, restarts of its own, ConfigMaps that its failing container reads, Services in front of it, budgets, webhooks, nodes, scaling.</remarks>
internal sealed partial class ChangeHistory
{
    public const int Innocents = 30;

    private const string Calls = """{"metadata":{"annotations":{"restart":"never"},"labels":{"app":"web"}},"spec":{"containers":[{"name":"app","image":"shop/web:VERSION","env":[{"name":"BILLING","value":"http://billing:8080"}]}]}}""";

    private readonly Random _random;
    private readonly List<RolloutFacts> _rollouts = [];
    private readonly List<WorkloadFacts> _workloads = [Workload("billing")];
    private readonly List<ConfigMapFacts> _configs = [];
    private readonly List<PolicyFacts> _policies = [];
    private readonly List<WebhookFacts> _webhooks = [];
    private readonly List<NodeFacts> _nodes = [];
    private readonly List<BudgetFacts> _budgets = [];
    private readonly List<RevisionFacts> _revisions = [];
    private readonly List<ServiceFacts> _services = [Service("billing", "billing"), Service()];
    private readonly List<string> _read = ["web-config"];
    private ChangeStamp? _scaled;
    private bool _complains;

    private ChangeHistory(int seed)
    {
        _random = new(seed);
        _revisions.Add(Revision(1, Ago(100_000), "1"));
        for (int i = 0; i < Innocents; i++)
        {
            AddInnocent(i);
        }

        Culprit = AddCulprit();
        Situation = Build();
    }

    /// <summary>When the trouble began.</summary>
    public static DateTimeOffset Onset { get; } = Ago(120);

    /// <summary>What did it.</summary>
    public (TargetRef Resource, DateTimeOffset Time) Culprit { get; }

    public Situation Situation { get; }

    public static ChangeHistory Of(int seed) => new(seed);

    private void AddInnocent(int number)
    {
        DateTimeOffset at = Innocent();
        switch (_random.Next(14))
        {
            case 0 or 1 or 2 or 3:
                AddRollout($"neighbour-{number}", at);
                break;
            case 4:
                _revisions.Add(Revision(0, Ago(_random.Next(4 * 3600, 80_000)), $"old-{number}"));
                break;
            case 5:
                _configs.Add(ConfigOf($"flags-{number}", at));
                break;
            case 6:
                _budgets.Add(Budget() with { Ref = Target("PodDisruptionBudget", $"budget-{number}", "policy/v1"), LastChange = new(at, "kubectl-edit", ["minAvailable"]) });
                break;
            case 7:
                _webhooks.Add(Webhook() with { Ref = new() { Kind = "ValidatingWebhookConfiguration", Name = $"guard-{number}", Uid = $"uid-guard-{number}" }, LastChange = new(at, "cert-manager", ["caBundle"]) });
                break;
            case 8:
                _nodes.Add(Node() with { Ref = new() { ApiVersion = "v1", Kind = "Node", Name = $"n{number}", Uid = $"uid-n{number}" }, CreatedAt = at });
                break;
            case 9:
                AddRollout("billing", at);
                break;
            case 10:
                _revisions.Add(Revision(0, at, "restart") with { TemplateJson = "" });   // of the revision before it: a restart
                break;
            case 11:
                _configs.Add(ConfigOf($"read-{number}", at));
                _read.Add($"read-{number}");
                break;
            case 12:
                _services.Add(Service($"front-{number}") with { LastChange = new(at, "kubectl-edit", ["ports"]) });
                break;
            default:
                _scaled = new(at, "kube-controller-manager", ["replicas"]);
                break;
        }
    }

    private (TargetRef Resource, DateTimeOffset Time) AddCulprit()
    {
        DateTimeOffset at = Onset.AddSeconds(-Math.Clamp(-Math.Log(1 - _random.NextDouble()) * 180, 2, 1500));
        switch (_random.Next(10))
        {
            case 0 or 1:
                _configs.Add(ConfigOf("web-config", at));
                return (Target("ConfigMap", "web-config", "v1"), at);
            case 2 or 3:
                AddRollout("billing", at);
                _complains = _random.Next(5) > 0;
                return (Target(name: "billing"), at);
            case 4:
                _policies.Add(new() { Ref = Target("NetworkPolicy", "web", "networking.k8s.io/v1"), CreatedAt = Ago(90_000), Pods = new(Labels("app", "web"), []), LastChange = new(at, "kubectl-edit", []) });
                return (Target("NetworkPolicy", "web", "networking.k8s.io/v1"), at);
            default:
                _revisions.Add(Revision(0, at, "culprit"));
                return (Target(), at);
        }
    }

    // Over the day before the trouble, one in five within the last half hour of it; and one in seven after it.
    private DateTimeOffset Innocent() => _random.Next(7) == 0
        ? Onset.AddSeconds(_random.Next(10, 110))
        : Onset.AddSeconds(-_random.Next(1, _random.Next(5) == 0 ? 1800 : 86_000));

    private void AddRollout(string name, DateTimeOffset at)
    {
        if (_workloads.All(w => w.Ref.Name != name))
        {
            _workloads.Add(Workload(name));
        }

        _rollouts.Add(new(Target(name: name), Revision(2, at, name), Revision(1, Ago(200_000), $"{name}-old")));
    }

    private static RevisionFacts Revision(long number, DateTimeOffset at, string version) => new()
    {
        Ref = Target("ReplicaSet", $"web-{version}"), Number = number, CreatedAt = at, PodHash = version, TemplateJson = Calls.Replace("VERSION", version, StringComparison.Ordinal),
    };

    private static ConfigMapFacts ConfigOf(string name, DateTimeOffset at) => Config() with { Ref = Target("ConfigMap", name, "v1"), ChangedAt = at, ChangedBy = "argocd-controller" };

    private IEnumerable<RevisionFacts> Numbered()
    {
        string template = "{}";
        foreach ((int at, RevisionFacts revision) in _revisions.OrderBy(static r => r.CreatedAt).Index())
        {
            template = revision.TemplateJson.Length > 0 ? revision.TemplateJson : Restart().Replace(template, $"\"restart\":\"{at}\"");
            yield return revision with { Number = at + 1, TemplateJson = template };
        }
    }

    private Situation Build()
    {
        ImmutableArray<RevisionFacts> revisions = [.. Numbered().Reverse()];
        ContainerFacts crashes = BackingOff() with { ConfigReferences = [.. _read.Select(static name => new ConfigReference("ConfigMap", name, null))] };
        PodFacts pod = Pod(crashes, age: 1600, unreadyFor: 120, hash: revisions[0].PodHash) with { NodeName = "n1", Labels = Labels("app", "web").Add("pod-template-hash", revisions[0].PodHash) };
        return Deployment(pod) with
        {
            Workload = Deployment().Workload! with { TemplateJson = revisions[0].TemplateJson, LastChange = _scaled },
            Revisions = revisions,
            ConfigMaps = [.. _configs],
            Logs = _complains ? [new("web-1", "app", true, ["error: cannot reach http://billing:8080/pay"])] : [],
            Around = new()
            {
                Services = [.. _services], Workloads = [.. _workloads], Rollouts = [.. _rollouts], Policies = [.. _policies],
                Webhooks = [.. _webhooks], Nodes = [Node(), .. _nodes], Budgets = [.. _budgets.Select(static b => b with { Pods = new(Labels("app", "web"), []) })],
            },
        };
    }

    [GeneratedRegex("\"restart\":\"[a-z0-9]*\"")]
    private static partial Regex Restart();
}
