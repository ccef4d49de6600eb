using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class WatchedPartsTests
{
    private static readonly OperatorOptions Some = new("ops") { Namespaces = ["shop", "bank"] };

    public static TheoryData<string, ResourceQuery, ResourceQuery[]> Cases => new()
    {
        { "workloads in each namespace", new(BuiltinTypes.Pods), [new(BuiltinTypes.Pods, "shop"), new(BuiltinTypes.Pods, "bank")] },
        { "incidents in each namespace, and not in the operator's own", new(Incident.Type), [new(Incident.Type, "shop"), new(Incident.Type, "bank")] },
        { "runbooks in the operator's own too", new(Runbook.Type), [new(Runbook.Type, "shop"), new(Runbook.Type, "bank"), new(Runbook.Type, "ops")] },
        { "the policy as it is", new(RemediationPolicy.Type), [new(RemediationPolicy.Type)] },
        { "the admission policies as they are", new(BuiltinTypes.AdmissionPolicies), [new(BuiltinTypes.AdmissionPolicies)] },
        { "the bindings of admission policies as they are", new(BuiltinTypes.AdmissionBindings), [new(BuiltinTypes.AdmissionBindings)] },
        {
            "the namespaces themselves by name", new(BuiltinTypes.Namespaces),
            [new(BuiltinTypes.Namespaces, FieldSelector: "metadata.name=shop"), new(BuiltinTypes.Namespaces, FieldSelector: "metadata.name=bank")]
        },
        { "nothing else of the cluster", new(BuiltinTypes.Nodes), [] },
        { "a query of one namespace as it is", new(BuiltinTypes.Pods, "shop"), [new(BuiltinTypes.Pods, "shop")] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_some_namespaces_reads(string what, ResourceQuery query, ResourceQuery[] parts) => WatchedParts.Of(query, Some).Should().Equal(parts, what);

    [Fact]
    public void Of_all_namespaces_reads_each_query_as_it_is() =>
        WatchedParts.Of(new ResourceQuery(BuiltinTypes.Nodes), new OperatorOptions("ops")).Should().Equal(new ResourceQuery(BuiltinTypes.Nodes));

    [Fact]
    public void Of_an_operator_that_watches_its_own_namespace_reads_runbooks_there_once() =>
        WatchedParts.Of(new ResourceQuery(Runbook.Type), new OperatorOptions("ops") { Namespaces = ["ops"] }).Should().ContainSingle();
}
