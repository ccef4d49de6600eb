using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class JobActionTests
{
    private static readonly TargetRef Cron = new() { ApiVersion = "batch/v1", Kind = "CronJob", Namespace = "shop", Name = "report", Uid = "cron-uid" };
    private static readonly OwnerReference Owner = new() { ApiVersion = "batch/v1", Kind = "CronJob", Name = "report", Uid = "cron-uid", Controller = true };

    private const string Spec = """
        {"backoffLimit":1,"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"old"}},"ttlSecondsAfterFinished":60,
         "template":{"metadata":{"labels":{"app":"report","controller-uid":"old","batch.kubernetes.io/job-name":"old"}},"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"report:1"}]}}}
        """;

    [Fact]
    public void RetryJob_makes_the_newest_failed_Job_again_and_deletes_it_afterwards()
    {
        Situation situation = new() { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [Job("old", 1), Job("new", 2), Job("runs", 3) with { Conditions = [] }] };
        ActionResult.Planned plan = Planned(Sample.Plan(new RetryJobAction(), situation));
        plan.Forward.Select(static m => m.Verb).Should().Equal([MutationVerb.Create, MutationVerb.Delete], "what failed is deleted only when the new one has succeeded");
        plan.Forward[1].Target.Should().BeEquivalentTo(new { Name = "new", Uid = "new-uid" });
        JsonNode job = JsonNode.Parse(plan.Forward[0].Body!)!;
        plan.Forward[0].Target.Name.Should().Be((string?)job["metadata"]!["name"]).And.MatchRegex("^new-retry-[0-9a-f]{8}$");
        ((string?)job["metadata"]!["ownerReferences"]![0]!["uid"]).Should().Be("cron-uid");
        ((string?)job["metadata"]!["annotations"]![AnnotationNames.RetryOf]).Should().Be("new");
        job["spec"]!["selector"].Should().BeNull();
        ((long)job["spec"]!["ttlSecondsAfterFinished"]!).Should().Be(86_400, "one that is removed must not look as if it was never made");
        job["spec"]!["template"]!["metadata"]!["labels"]!.ToJsonString().Should().Be("""{"app":"report"}""");
        (plan.Inverse.IsEmpty, plan.Timeout).Should().Be((true, TimeSpan.FromMinutes(30)));
        plan.Irreversible.Should().Contain("gone for good");
    }

    [Fact]
    public void RetryJob_takes_a_Job_on_its_own_and_gives_it_no_owner()
    {
        JobFacts alone = Job("import", 1) with { Controller = null };
        ActionResult.Planned plan = Planned(Sample.Plan(new RetryJobAction(), new Situation { Subject = alone.Ref, Jobs = [alone] }));
        JsonNode.Parse(plan.Forward[0].Body!)!["metadata"]!["ownerReferences"].Should().BeNull();
    }

    [Theory]
    [InlineData("it runs still")]
    [InlineData("a later one succeeded")]
    [InlineData("none failed")]
    public void RetryJob_refuses_what_needs_no_second_try(string situation)
    {
        JobFacts[] jobs = situation switch
        {
            "it runs still" => [Job("a", 1) with { Active = 1 }],
            "a later one succeeded" => [Job("a", 1), Job("b", 2) with { Conditions = [new("Complete", ConditionStatus.True, "", "", null)] }],
            _ => [],
        };
        Sample.Plan(new RetryJobAction(), new Situation { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [.. jobs] })
            .Should().BeOfType<ActionResult.Refused>(situation).Which.Reason.Should().Be(ActionReasons.NoFailedJob);
    }

    [Fact]
    public void TriggerCronJob_makes_a_Job_as_kubectl_does()
    {
        CronJobFacts cron = new() { Ref = Cron, JobTemplateJson = $$$"""{"metadata":{"labels":{"team":"a"}},"spec":{{{Spec}}}}""" };
        ActionResult.Planned plan = Planned(Sample.Plan(new TriggerCronJobAction(), new Situation { Subject = Cron, CronJob = cron }));
        JsonNode job = JsonNode.Parse(plan.Forward.Should().ContainSingle().Which.Body!)!;
        ((string?)job["metadata"]!["annotations"]!["cronjob.kubernetes.io/instantiate"]).Should().Be("manual");
        ((string?)job["metadata"]!["labels"]!["team"]).Should().Be("a");
        ((bool)job["metadata"]!["ownerReferences"]![0]!["controller"]!).Should().BeTrue();
        plan.Irreversible.Should().NotBeNull("what a Job does can't be undone");
    }

    [Theory]
    [InlineData("Forbid", true)]
    [InlineData("Replace", true)]
    [InlineData("Allow", false)]
    public void TriggerCronJob_keeps_to_one_at_a_time(string policy, bool isRefused)
    {
        CronJobFacts cron = new() { Ref = Cron, ConcurrencyPolicy = policy, JobTemplateJson = $$$"""{"spec":{{{Spec}}}}""" };
        ActionResult result = Sample.Plan(new TriggerCronJobAction(), new Situation { Subject = Cron, CronJob = cron, Jobs = [Job("a", 1) with { Active = 1, Conditions = [] }] });
        ((result as ActionResult.Refused)?.Reason).Should().Be(isRefused ? ActionReasons.JobRuns : null);
    }

    [Fact]
    public void RunJob_runs_the_declared_image_with_the_least_rights()
    {
        ActionResult.Planned plan = Planned(Sample.Plan(new RunJobAction(), Sample.Broken, null, ("image", "tool:1"), ("command", """["/fix","--all"]"""), ("timeout", "5m")));
        JsonNode job = JsonNode.Parse(plan.Forward[0].Body!)!, pod = job["spec"]!["template"]!["spec"]!, container = pod["containers"]![0]!;
        ((string?)job["metadata"]!["namespace"], (int)job["spec"]!["backoffLimit"]!, (int)job["spec"]!["activeDeadlineSeconds"]!).Should().Be(("shop", 0, 300));
        ((bool)pod["automountServiceAccountToken"]!, (bool)pod["securityContext"]!["runAsNonRoot"]!, (bool)container["securityContext"]!["allowPrivilegeEscalation"]!).Should().Be((false, true, false));
        pod["serviceAccountName"].Should().BeNull();
        container["command"]!.ToJsonString().Should().Be("""["/fix","--all"]""");
        container["env"]!.ToJsonString().Should().Contain("Deployment").And.Contain("\"web\"");
        (plan.Irreversible is not null, plan.Inverse.IsEmpty).Should().Be((true, true));
    }

    [Theory]
    [InlineData("image", "a b")]
    [InlineData("command", "rm -rf /")]
    [InlineData("command", "[1]")]
    [InlineData("serviceAccount", "a/b")]
    [InlineData("memory", "lots")]
    public void RunJob_says_what_is_wrong_with_its_parameters(string parameter, string value) =>
        new RunJobAction().Parameters.Single(p => p.Name == parameter).Problem(value).Should().StartWith("must be");

    [Fact]
    public void Names_differ_by_time_and_fit_a_label_however_long_the_object_is_called()
    {
        TargetRef long_ = Cron with { Name = new string('a', 52) };
        string first = Name(long_, Sample.Now), later = Name(long_, Sample.Now.AddSeconds(1));
        first.Should().NotBe(later);
        first.Length.Should().BeLessThanOrEqualTo(63);
        Name(long_, Sample.Now).Should().Be(first);
    }

    [Theory]
    [InlineData("""{"status":{}}""", null, null)]
    [InlineData("""{"status":{"conditions":[{"type":"FailureTarget","status":"True"}]}}""", null, null)]
    [InlineData("""{"status":{"conditions":[{"type":"Complete","status":"True"}]}}""", true, "")]
    [InlineData("""{"status":{"conditions":[{"type":"Failed","status":"True","reason":"DeadlineExceeded","message":"too long"}]}}""", false, "DeadlineExceeded: too long")]
    public void The_end_of_a_Job_is_what_its_conditions_say(string job, bool? succeeded, string? why)
    {
        JobEnd? end = JobEnd.Of(JsonNode.Parse(job)!);
        (end?.HasSucceeded, end?.Why).Should().Be((succeeded, why));
    }

    [Fact]
    public void The_log_that_is_kept_is_its_end_without_secrets()
    {
        string log = string.Join('\n', Enumerable.Range(0, 1000).Select(static i => $"line {i} of the log")) + "\npassword=hunter2\n-----BEGIN PRIVATE KEY-----\nabcdef\n-----END PRIVATE KEY-----\n\n";
        string output = JobEnd.OutputOf(log)!;
        output.Length.Should().BeLessThanOrEqualTo(4096);
        output.Should().EndWith(Redactor.Mark).And.Contain("line 999").And.NotContain("hunter2").And.NotContain("abcdef").And.NotContain("line 1 ");
        JobEnd.OutputOf("\n\n").Should().BeNull();
    }

    private static string Name(TargetRef target, DateTimeOffset now)
    {
        CronJobFacts cron = new() { Ref = target, JobTemplateJson = $$$"""{"spec":{{{Spec}}}}""" };
        ActionRequest request = new(target, new Situation { Subject = target, CronJob = cron }, Core.Planning.RunbookValidator.Parameters(new() { Name = "s", Action = "TriggerCronJob" }, new TriggerCronJobAction()), now);
        return Planned(new TriggerCronJobAction().Plan(request)).Forward[0].Target.Name;
    }

    private static JobFacts Job(string name, int age) => new()
    {
        Ref = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = "shop", Name = name, Uid = name + "-uid" },
        Controller = Owner,
        CreatedAt = Sample.Now.AddMinutes(age),
        Conditions = [new("Failed", ConditionStatus.True, "BackoffLimitExceeded", "", null)],
        FailedSpecJson = Spec,
    };

    private static ActionResult.Planned Planned(ActionResult result) => result.Should().BeOfType<ActionResult.Planned>().Subject;
}
