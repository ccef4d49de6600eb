using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class AdmissionIdentityTests
{
    [Theory]
    [InlineData("as shipped", "", "", ApprovalIdentity.Verified)]
    [InlineData("with other words", """{"validations":{"0":{"message":"no"}}}""", "", ApprovalIdentity.Verified)]
    [InlineData("stricter", """{"validations":{"99":{"expression":"false"}}}""", "", ApprovalIdentity.Verified)]
    [InlineData("failures ignored", """{"failurePolicy":"Ignore"}""", "", ApprovalIdentity.Unverified)]
    [InlineData("a validation that lets all pass", """{"validations":{"0":{"expression":"true"}}}""", "", ApprovalIdentity.Unverified)]
    [InlineData("a variable that hides the change", """{"variables":{"0":{"expression":"''"}}}""", "", ApprovalIdentity.Unverified)]
    [InlineData("for creation alone", """{"matchConstraints":{"resourceRules":{"0":{"operations":["CREATE"]}}}}""", "", ApprovalIdentity.Unverified)]
    [InlineData("for some namespaces", """{"matchConstraints":{"namespaceSelector":{"matchLabels":{"a":"b"}}}}""", "", ApprovalIdentity.Unverified)]
    [InlineData("with exceptions", """{"matchConstraints":{"excludeResourceRules":[{"apiGroups":["*"]}]}}""", "", ApprovalIdentity.Unverified)]
    [InlineData("only under conditions", """{"matchConditions":[{"name":"x","expression":"false"}]}""", "", ApprovalIdentity.Unverified)]
    [InlineData("warns alone", "", """{"validationActions":["Warn"]}""", ApprovalIdentity.Unverified)]
    [InlineData("bound to another policy", "", """{"policyName":"other"}""", ApprovalIdentity.Unverified)]
    [InlineData("bound in values of other types", "", """{"policyName":7}""", ApprovalIdentity.Unverified)]
    [InlineData("bound with the server's defaults", "", """{"matchResources":{"matchPolicy":"Equivalent","namespaceSelector":{},"objectSelector":{}}}""", ApprovalIdentity.Verified)]
    [InlineData("bound for some namespaces", "", """{"matchResources":{"namespaceSelector":{"matchLabels":{"a":"b"}}}}""", ApprovalIdentity.Unverified)]
    public void Judge_believes_names_only_while_the_shipped_admission_denies(string situation, string policy, string binding, ApprovalIdentity expected)
    {
        foreach ((ShippedAdmission shipped, string file) in new[] { (ShippedAdmission.Requests, "approvals"), (ShippedAdmission.Runbooks, "runbook-approvals"), (ShippedAdmission.Authors, "authors") })
        {
            AdmissionIdentity.Judge(shipped, Changed(Installed.Policy(file), policy), Changed(Installed.Binding(file), binding)).Should().Be(expected, situation);
        }
    }

    [Fact]
    public void Judge_believes_nobody_without_policy_or_binding_or_with_the_other_kinds()
    {
        AdmissionIdentity.Judge(ShippedAdmission.Requests, null, Installed.Binding("approvals")).Should().Be(ApprovalIdentity.Unverified);
        AdmissionIdentity.Judge(ShippedAdmission.Requests, Installed.Policy("approvals"), null).Should().Be(ApprovalIdentity.Unverified);
        AdmissionIdentity.Judge(ShippedAdmission.Runbooks, Installed.Policy("approvals"), Installed.Binding("approvals")).Should().Be(ApprovalIdentity.Unverified);
    }

    [Theory]
    [InlineData("a proxy's page", "<html>")]
    [InlineData("a list", "[]")]
    [InlineData("fields of other types", """{"spec":{"policyName":7,"validationActions":[1,{}],"failurePolicy":{},"matchConstraints":"x","validations":3}}""")]
    public async Task An_answer_that_is_no_admission_policy_vouches_for_nobody(string situation, string answer)
    {
        ApprovalIdentities identities = await new AdmissionIdentity(new AnsweringClient(answer), TimeProvider.System).GetAsync(CancellationToken.None);
        identities.OfRequests.Should().NotBe(ApprovalIdentity.Verified, situation);
        identities.OfRunbooks.Should().NotBe(ApprovalIdentity.Verified, situation);
        identities.OfAuthors.Should().NotBe(ApprovalIdentity.Verified, situation);
    }

    private sealed class AnsweringClient(string answer) : IKubeClient
    {
        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => Task.FromResult(new KubeResponse(System.Text.Encoding.UTF8.GetBytes(answer), []));

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();
    }

    // Overlays objects; in lists a number names the item, and one behind the end adds it.
    private static JsonObject Changed(JsonObject manifest, string change)
    {
        if (change.Length > 0)
        {
            Overlay(manifest["spec"]!, JsonNode.Parse(change)!.AsObject());
        }

        return manifest;
    }

    private static void Overlay(JsonNode at, JsonObject change)
    {
        foreach ((string key, JsonNode? value) in change)
        {
            JsonNode? child = at is JsonArray list ? list.ElementAtOrDefault(int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)) : at[key];
            if (child is not null && value is JsonObject inner)
            {
                Overlay(child, inner);
            }
            else if (at is JsonArray all)
            {
                all.Add(value!.DeepClone());
            }
            else
            {
                at[key] = value!.DeepClone();
            }
        }
    }
}
