using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class AdmissionIdentityTests
{
    private const string Policy = """{"spec":{"failurePolicy":"Fail","validations":[{"expression":"true"}]}}""";
    private const string Binding = """{"spec":{"policyName":"firstline-approvals","validationActions":["Deny"]}}""";

    [Theory]
    [InlineData("both in force", Policy, Binding, ApprovalIdentity.Verified)]
    [InlineData("no policy", null, Binding, ApprovalIdentity.Unverified)]
    [InlineData("no binding", Policy, null, ApprovalIdentity.Unverified)]
    [InlineData("failures ignored", """{"spec":{"failurePolicy":"Ignore","validations":[{}]}}""", Binding, ApprovalIdentity.Unverified)]
    [InlineData("nothing validated", """{"spec":{"failurePolicy":"Fail","validations":[]}}""", Binding, ApprovalIdentity.Unverified)]
    [InlineData("only under conditions", """{"spec":{"failurePolicy":"Fail","validations":[{}],"matchConditions":[{"name":"x"}]}}""", Binding, ApprovalIdentity.Unverified)]
    [InlineData("warns alone", Policy, """{"spec":{"policyName":"firstline-approvals","validationActions":["Warn"]}}""", ApprovalIdentity.Unverified)]
    [InlineData("bound to another policy", Policy, """{"spec":{"policyName":"other","validationActions":["Deny"]}}""", ApprovalIdentity.Unverified)]
    [InlineData("only for some namespaces", Policy, """{"spec":{"policyName":"firstline-approvals","validationActions":["Deny"],"matchResources":{"namespaceSelector":{"matchLabels":{"a":"b"}}}}}""", ApprovalIdentity.Unverified)]
    public void Judge_believes_names_only_while_admission_denies_false_ones(string situation, string? policy, string? binding, ApprovalIdentity expected) =>
        AdmissionIdentity.Judge(policy is null ? null : JsonNode.Parse(policy), binding is null ? null : JsonNode.Parse(binding)).Should().Be(expected, situation);
}
