using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class CallerCutOffDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a policy lets nobody in", Called(In()), true, null),
        ("a policy lets others in", Called(In("admin")), true, null),
        ("a policy lets the caller in", Called(In("cart")), false, null),
        ("of two policies one lets the caller in", Called(In("admin"), In("cart")), false, null),
        ("a policy lets the caller out to nobody", Called(Out()), true, null),
        ("a policy lets the caller out to it", Called(Out("web")), false, null),
        ("a policy is for others", Called(In() with { Pods = new(Labels("app", "other"), []) }), false, null),
        ("a policy was changed seconds ago", Called(In() with { LastChange = new(Ago(20), "kubectl", []) }), false, 40),
        ("no policy", Called(), false, null),
        ("nobody is declared", Without(Called(In())), false, null),
        ("the declared caller does not exist", Called(In()) with { Around = new() { Policies = [In()] } }, false, null),
        ("it is switched off", Zero(Called(In())), false, null),
        ("it is gone", Called(In()) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new CallerCutOffDetector(), sentence, situation, fires, lookAgain);

    private static Situation Called(params ImmutableArray<PolicyFacts> policies)
    {
        Situation web = Deployment(Pod(Running()));
        return web with
        {
            Workload = web.Workload! with { TemplateJson = Workload().TemplateJson, Callers = ["cart"] },
            Around = new() { Policies = policies, Workloads = [Workload("cart", app: "cart"), Workload()] },
        };
    }

    private static Situation Without(Situation called) => called with { Workload = called.Workload! with { Callers = [] } };

    private static PolicyFacts Policy(string app) =>
        new() { Ref = Target("NetworkPolicy", "guard", "networking.k8s.io/v1"), CreatedAt = Ago(3600), Pods = new(Labels("app", app), []) };

    private static PolicyFacts In(string? from = null) => Policy("web") with { IsolatesIngress = true, Ingress = Rules(from) };

    private static PolicyFacts Out(string? to = null) => Policy("cart") with { IsolatesEgress = true, Egress = Rules(to) };

    private static ImmutableArray<PolicyRule> Rules(string? app) => app is null ? [] : [new([new(new(Labels("app", app), []), null, null)], [])];
}
