using System.Text.Json.Nodes;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Server;

/// <summary>What a real API server makes of the generated definitions: it compiles their rules, and refuses what they forbid in words that help.</summary>
public sealed class SchemasOnApiServerTests(ApiServerFixture server) : IClassFixture<ApiServerFixture>
{
    [SkippableTheory]
    [InlineData("incidents")]
    [InlineData("runbooks")]
    [InlineData("remediationrequests")]
    [InlineData("remediationpolicies")]
    public async Task Definitions_are_established_and_structural(string plural)
    {
        (_, string json) = await server.Kubectl.RunAsync($"get crd {plural}.firstline.dev -o json");

        JsonNode.Parse(json)!["status"]!["conditions"]!.AsArray().Select(condition => $"{condition!["type"]}={condition["status"]}")
            .Should().BeEquivalentTo("NamesAccepted=True", "Established=True");
    }

    [SkippableTheory]
    [InlineData("incident")]
    [InlineData("runbook")]
    [InlineData("remediationrequest")]
    public async Task A_complete_object_is_accepted_and_nothing_of_it_is_dropped(string kind)
    {
        JsonObject golden = server.Stored(kind);

        (_, string json) = await server.Kubectl.RunAsync($"get {kind} {golden["metadata"]!["name"]} -n {golden["metadata"]!["namespace"]} -o json");
        JsonNode stored = JsonNode.Parse(json)!;
        JsonNode.DeepEquals(stored["spec"], golden["spec"]).Should().BeTrue("the spec is as it was sent: {0}", json);
        JsonNode.DeepEquals(stored["status"], golden["status"]).Should().BeTrue("the status is as it was sent: {0}", json);
    }

    [SkippableTheory]
    // kind, what is wrong, field, its value, what the API server says
    [InlineData("incident", "no target", "spec.target", null, "spec.target: Required value")]
    [InlineData("incident", "a target without a name", "spec.target.name", null, "spec.target.name: Required value")]
    [InlineData("incident", "an empty name", "spec.target.name", "\"\"", "spec.target.name in body should be at least 1 chars long")]
    [InlineData("incident", "a severity that there is not", "spec.severity", "\"SEV9\"", "supported values: \"SEV1\", \"SEV2\", \"SEV3\", \"SEV4\"")]
    [InlineData("incident", "a field that nobody knows", "spec.sevrity", "\"SEV1\"", "unknown field \"spec.sevrity\"")]
    [InlineData("incident", "a list where text belongs", "spec.summary", "[]", "spec.summary in body must be of type string")]
    [InlineData("runbook", "no description", "spec.description", null, "spec.description: Required value")]
    [InlineData("runbook", "no cause", "spec.match.causes", "[]", "spec.match.causes in body should have at least 1 items")]
    [InlineData("runbook", "a cause said twice", "spec.match.causes", """["A","A"]""", "spec.match.causes[1]: Duplicate value: \"A\"")]
    [InlineData("runbook", "an empty cause", "spec.match.causes", """[""]""", "spec.match.causes[0] in body should be at least 1 chars long")]
    [InlineData("runbook", "no step", "spec.steps", "[]", "spec.steps in body should have at least 1 items")]
    [InlineData("runbook", "a step's name said twice", "spec.steps", """[{"name":"a","action":"RolloutUndo"},{"name":"a","action":"RolloutUndo"}]""", "spec.steps[1]: Duplicate value: {\"name\":\"a\"}")]
    [InlineData("runbook", "a step's name in capitals", "spec.steps.0.name", "\"Undo\"", "spec.steps[0].name in body should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'")]
    [InlineData("runbook", "an action that there is not", "spec.steps.0.action", "\"Reboot\"", "Unsupported value: \"Reboot\": supported values: ")]
    [InlineData("runbook", "a parameter that is a number", "spec.steps.0.with", """{"toRevision":1}""", "must be of type string: \"integer\"")]
    [InlineData("runbook", "more than all", "spec.match.minConfidencePercent", "101", "spec.match.minConfidencePercent in body should be less than or equal to 100")]
    [InlineData("runbook", "less than nothing", "spec.limits.maxDisruptedPods", "-1", "spec.limits.maxDisruptedPods in body should be greater than or equal to 0")]
    [InlineData("runbook", "a level that there is not", "spec.level", "\"L0\"", "supported values: \"L1\", \"L2\", \"L3\"")]
    [InlineData("runbook", "a time with a fraction", "spec.verification.timeout", "\"1.5m\"", "spec.verification.timeout in body should match '^([0-9]+(h|m|s|ms))+$'")]
    [InlineData("remediationpolicy", "another name than default", "metadata.name", "\"strict\"", "the operator obeys one policy, named default; edit that one")]
    [InlineData("remediationpolicy", "an unknown mode", "spec.maxMode", "\"Yolo\"", "supported values: \"Observe\", \"Suggest\", \"Auto\"")]
    [InlineData("remediationpolicy", "a quorum for a severity that there is not", "spec.approvals.quorum.0.severities", """["SEV9"]""", "supported values: \"SEV1\", \"SEV2\"")]
    [InlineData("remediationpolicy", "a quorum of nobody", "spec.approvals.quorum.0.approvers", "0", "should be greater than or equal to 1")]
    [InlineData("remediationpolicy", "a window that opens at no time of day", "spec.changeWindows.0.start", "\"24:00\"", "spec.changeWindows[0].start in body should match")]
    [InlineData("remediationpolicy", "a day that there is not", "spec.changeWindows.0.days", """["Caturday"]""", "supported values: \"Sun\", \"Mon\"")]
    [InlineData("remediationpolicy", "a freeze that ends before it begins", "spec.freezes.0.until", "\"2026-12-19T00:00:00Z\"", "from must be before until")]
    [InlineData("remediationpolicy", "a protected object that is every object", "spec.protected.objects", "[{}]", "name at least a kind, a namespace or a name")]
    [InlineData("remediationpolicy", "a pause without a reason", "spec.pauseRequests.0.reason", null, "spec.pauseRequests[0].reason: Required value")]
    [InlineData("remediationpolicy", "no spec", "spec", null, "spec: Required value")]
    [InlineData("remediationrequest", "no plan", "spec.plan", null, "spec.plan: Required value")]
    [InlineData("remediationrequest", "a hypothesis without evidence", "spec.hypothesis.evidenceFor", "[]", "spec.hypothesis.evidenceFor in body should have at least 1 items")]
    [InlineData("remediationrequest", "an expiry that is no time", "spec.expiresAt", "\"tomorrow\"", "spec.expiresAt in body must be of type date-time")]
    public async Task Create_refuses(string kind, string situation, string field, string? value, string words)
    {
        JsonObject changed = server.Stored(kind);
        if (field != "metadata.name")
        {
            changed["metadata"]!["name"] = kind == "remediationpolicy" ? "default" : "another";
        }

        await Refused("create --dry-run=server --validate=strict -f -", changed.Set(field, value), words, situation);
    }

    [SkippableTheory]
    [InlineData("incident", "another source", "spec.source", "\"Manual\"", "spec.source is a fact and can't be changed")]
    [InlineData("incident", "another fingerprint", "spec.fingerprint", "\"x\"", "spec.fingerprint is a fact and can't be changed")]
    [InlineData("incident", "the fingerprint removed", "spec.fingerprint", null, "spec.fingerprint is a fact and can't be added or removed")]
    [InlineData("incident", "another target", "spec.target.name", "\"x\"", "spec.target is a fact and can't be changed; create another incident")]
    [InlineData("remediationrequest", "another level", "spec.level", "\"L1\"", "can't be changed; reject it, and the operator plans anew")]
    [InlineData("remediationrequest", "another change", "spec.plan.steps.0.forward.0.body", "\"{}\"", "can't be changed; reject it, and the operator plans anew")]
    public async Task Update_refuses(string kind, string situation, string field, string? value, string words) =>
        await Refused("replace --dry-run=server --validate=strict -f -", server.Stored(kind).Set(field, value), words, situation);

    [SkippableTheory]
    [InlineData("remediationrequest", "another outcome", "status.outcome", "\"Failed\"", "status.outcome is set once")]
    [InlineData("remediationrequest", "the outcome removed", "status.outcome", null, "status.outcome is set once and can't be removed")]
    [InlineData("remediationrequest", "an approval of somebody else", "status.approvals.0.user", "\"mallory\"", "status.approvals is append-only")]
    [InlineData("remediationrequest", "no approval left", "status.approvals", "[]", "status.approvals is append-only")]
    [InlineData("remediationrequest", "approvals removed", "status.approvals", null, "status.approvals is append-only and can't be removed")]
    [InlineData("remediationrequest", "the whole status removed", "status", null, "the status of a RemediationRequest is its record and can't be removed")]
    [InlineData("remediationrequest", "a verdict without a decision", "status.gates.0.decision", null, "status.gates[0].decision: Required value")]
    [InlineData("incident", "a condition neither true nor false", "status.conditions.0.status", "\"Maybe\"", "supported values: \"Unknown\", \"True\", \"False\"")]
    [InlineData("incident", "a reason that is a sentence", "status.conditions.0.reason", "\"It is so.\"", "conditions[0].reason in body should match")]
    [InlineData("incident", "a confidence above all", "status.hypotheses.0.confidencePercent", "120", "should be less than or equal to 100")]
    public async Task Update_of_status_refuses(string kind, string situation, string field, string? value, string words) =>
        await Refused("replace --subresource=status --dry-run=server --validate=strict -f -", server.Stored(kind).Set(field, value), words, situation);

    [SkippableFact]
    public async Task A_complete_policy_is_accepted()
    {
        (bool succeeded, string output) = await server.Kubectl.RunAsync(
            "apply --server-side --force-conflicts --dry-run=server --validate=strict -f -", server.Stored("remediationpolicy").ToJsonString());

        succeeded.Should().BeTrue(output);
    }

    [SkippableTheory]
    [InlineData("severity is a human's to decide", "incident", "spec.severity", "\"SEV1\"")]
    [InlineData("the summary may be corrected", "incident", "spec.summary", "\"other\"")]
    [InlineData("runbooks are edited", "runbook", "spec.level", "\"L3\"")]
    public async Task Update_accepts(string situation, string kind, string field, string value)
    {
        (bool succeeded, string output) = await server.Kubectl.RunAsync("replace --dry-run=server --validate=strict -f -", server.Stored(kind).Set(field, value).ToJsonString());

        succeeded.Should().BeTrue("{0}: {1}", situation, output);
    }

    [SkippableFact]
    public async Task Update_of_status_accepts_one_more_record()
    {
        JsonObject request = server.Stored("remediationrequest");
        JsonNode second = request["status"]!["approvals"]![0]!.DeepClone();
        second["decision"] = "Withdrawn";
        request["status"]!["approvals"]!.AsArray().Insert(0, second);

        (bool succeeded, string output) = await server.Kubectl.RunAsync("replace --subresource=status --dry-run=server -f -", request.ToJsonString());

        succeeded.Should().BeTrue(output);
    }

    [SkippableFact]
    public async Task Defaults_show_on_an_object_that_says_little()
    {
        JsonObject runbook = server.Stored("runbook").Set("metadata.name", "\"terse\"").Set("spec.mode", null).Set("spec.verification", null).Set("spec.onFailure", null);

        (_, string json) = await server.Kubectl.RunAsync("create --dry-run=server -o json -f -", runbook.ToJsonString());

        JsonNode spec = JsonNode.Parse(json)!["spec"]!;
        spec["mode"]!.GetValue<string>().Should().Be("Auto");
        spec["onFailure"]!.GetValue<string>().Should().Be("RollBack");
        spec["verification"]!["stableFor"]!.GetValue<string>().Should().Be("30s", "the part was left out and its defaults show all the same");
    }

    [SkippableTheory]
    [InlineData("inc --field-selector spec.source=Detector", "web-3f9c2a71")]
    [InlineData("inc --field-selector spec.fingerprint=other", "No resources found")]
    [InlineData("remreq --field-selector spec.incident.name=web-3f9c2a71", "web-3f9c2a71-1")]
    [InlineData("firstline", "runbook.firstline.dev/undo-bad-rollout")]
    public async Task Get_finds(string arguments, string words)
    {
        (_, string output) = await server.Kubectl.RunAsync($"get {arguments} -n {server.Stored("runbook")["metadata"]!["namespace"]}");

        output.Should().Contain(words);
    }

    [SkippableTheory]
    [InlineData("inc", "NAME SEV STAGE LEVEL CATEGORY TARGET HYPOTHESIS COUNT AGE", "SEV2 Awaiting approval L2 rollout Deployment/web BadRollout 85% 3")]
    [InlineData("rbk", "NAME LEVEL MODE VALID REVISION RUNS SUCCESS LASTRUN", "L1 Suggest True 9f86d081 4 3/4")]
    [InlineData("remreq", "NAME STAGE LEVEL RUNBOOK TARGET BLAST APPROVAL GATE AGE", "Succeeded L2 undo-bad-rollout Deployment/web 1/4 pods alice ChangeWindow")]
    public async Task Get_shows_the_columns(string kind, string header, string row)
    {
        (_, string output) = await server.Kubectl.RunAsync($"get {kind} -n {server.Stored("runbook")["metadata"]!["namespace"]}");

        string[] lines = [.. output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        lines[0].Should().Be(header);
        lines[1].Should().Contain(row);
    }

    [SkippableFact]
    public async Task Explain_says_what_each_value_means()
    {
        (_, string output) = await server.Kubectl.RunAsync("explain runbook.spec.level");

        output.Should().Contain("L1 - The operator acts by itself, within limits.");
    }

    private async Task Refused(string arguments, JsonObject body, string words, string situation)
    {
        (bool succeeded, string output) = await server.Kubectl.RunAsync(arguments, body.ToJsonString());

        succeeded.Should().BeFalse(situation);
        output.Should().Contain(words, situation);
    }
}
