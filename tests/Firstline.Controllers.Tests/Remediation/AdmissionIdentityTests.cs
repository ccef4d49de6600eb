using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
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
            (IsPolicy(Changed(Installed.Policy(file), policy)) && IsBinding(Changed(Installed.Binding(file), binding))).Should().Be(expected == ApprovalIdentity.Verified, $"{situation}: {shipped.Name}");
        }
    }

    [Fact]
    public void A_policy_is_no_binding_and_one_is_not_the_other()
    {
        IsPolicy(Installed.Binding("approvals")).Should().BeFalse();
        IsBinding(Installed.Policy("approvals")).Should().BeFalse();
        JsonObject renamed = Installed.Policy("approvals");
        renamed["metadata"]!["name"] = ShippedAdmission.Runbooks.Name;
        IsPolicy(renamed).Should().BeFalse();
        renamed["metadata"]!["name"] = "of-somebody-else";
        IsPolicy(renamed).Should().BeFalse();
    }

    [Theory]
    [InlineData("a list", "[]")]
    [InlineData("no name", """{"spec":{}}""")]
    [InlineData("fields of other types", """{"metadata":{"name":"firstline-approvals"},"spec":{"policyName":7,"validationActions":[1,{}],"failurePolicy":{},"matchConstraints":"x","validations":3}}""")]
    [InlineData("a spec of another type", """{"metadata":{"name":"firstline-approvals"},"spec":"x"}""")]
    public void What_is_no_admission_policy_vouches_for_nobody(string situation, string json)
    {
        AdmissionIdentity.ReadPolicy(System.Text.Encoding.UTF8.GetBytes(json)).Holds.Should().BeFalse(situation);
        AdmissionIdentity.ReadBinding(System.Text.Encoding.UTF8.GetBytes(json)).Holds.Should().BeFalse(situation);
    }

    private static bool IsPolicy(JsonObject policy) => AdmissionIdentity.ReadPolicy(System.Text.Encoding.UTF8.GetBytes(policy.ToJsonString())).Holds;

    private static bool IsBinding(JsonObject binding) => AdmissionIdentity.ReadBinding(System.Text.Encoding.UTF8.GetBytes(binding.ToJsonString())).Holds;

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
