using System.Collections.Immutable;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class RolloutUndoTests
{
    private const string Restarted =
        """{"metadata":{"labels":{"app":"web"},"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-20T11:00:00Z"}},"spec":{"containers":[{"name":"app","image":"web:2"}]}}""";

    private static readonly string Other = Sample.Good.Replace("web:1", "web:1.5", StringComparison.Ordinal);
    private static readonly string OtherArguments = Sample.Bad.Replace("\"web:2\"", "\"web:2\",\"args\":[\"-v\"]", StringComparison.Ordinal);

    /// <summary>Revision 3 is the bad one at work, 2 the candidate of the case, 1 was scaled down and never seen.</summary>
    public static TheoryData<string, Situation, long?> Cases => new()
    {
        { "ready pods prove it", With(Two(Other, 3, 3)), 2 },
        { "some of its pods are ready and none fails", With(Two(Other, 3, 1)), 2 },
        { "some of its pods are ready, another crashes", With(Two(Other, 3, 1)) with { Pods = [Pod("h2", "CrashLoopBackOff")] }, null },
        { "it wants pods and has none ready", With(Two(Other, 3, 0)), null },
        { "scaled down, and nobody has seen it healthy", With(Two(Other, 0, 0)), null },
        { "scaled down, seen healthy before", With(Two(Other, 0, 0)) with { HealthyTemplates = [Seen(Other)] }, 2 },
        { "scaled down, seen healthy in another order of fields", With(Two(Other, 0, 0)) with { HealthyTemplates = [Seen(Reordered)] }, 2 },
        { "seen healthy, but its pods fail now", With(Two(Other, 3, 0)) with { HealthyTemplates = [Seen(Other)] }, null },
        { "the same but for a restart: it would fail again", With(Two(Restarted, 3, 3)), null },
        { "the same image, other arguments, of a crash", With(Two(OtherArguments, 3, 3)) with { Pods = [Pod("h3", "CrashLoopBackOff")] }, 2 },
        { "the same image, which can't be pulled", With(Two(OtherArguments, 3, 3)) with { Pods = [Pod("h3", "ImagePullBackOff")] }, null },
        { "newer than the one at work", With(Two(Other, 3, 3) with { Number = 4 }), null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void RolloutUndo_takes_the_newest_revision_that_was_healthy(string situation, Situation state, long? expected)
    {
        ActionResult result = Sample.Plan(new RolloutUndoAction(), state);
        if (expected is { } number)
        {
            result.Should().BeOfType<ActionResult.Planned>(situation).Which.Summary.Should().Contain($"to revision {number} ", situation);
        }
        else
        {
            result.Should().BeOfType<ActionResult.Refused>(situation).Which.Reason.Should().Be(ActionReasons.NoHealthyRevision, situation);
        }
    }

    [Fact]
    public void RolloutUndo_passes_over_what_failed_to_what_was_healthy_before()
    {
        Situation state = With(Two(Other, 2, 0)) with { HealthyTemplates = [Seen(Sample.Good)] };
        ActionResult.Planned plan = Sample.Plan(new RolloutUndoAction(), state).Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Summary.Should().Contain("to revision 1 ");
        plan.Caution.Should().Contain("revision 1 has no pod left that proves it healthy").And.Contain("seen healthy until 2026-11-20 10:00:00Z");
    }

    [Theory]
    [InlineData("the trouble began with the revision at work", 130, 2L)]
    [InlineData("the trouble began while revision 2 was at work", 90, 1L)]
    [InlineData("the trouble began before any of them", -10, null)]
    public void RolloutUndo_never_goes_back_to_what_was_at_work_in_this_trouble(string situation, int onsetMinutes, long? expected)
    {
        Situation state = With(Two(Other, 3, 3)) with { HealthyTemplates = [Seen(Sample.Good)] };
        DateTimeOffset onset = Sample.Now.AddMinutes(onsetMinutes - 180);
        ActionResult result = new RolloutUndoAction().Plan(Request(state) with { Onset = onset });
        ((result as ActionResult.Planned)?.Summary.Contains($"to revision {expected} ", StringComparison.Ordinal) ?? false).Should().Be(expected is not null, situation);
    }

    [Fact]
    public void RolloutUndo_never_goes_back_to_what_was_tried_in_this_incident_and_failed()
    {
        ActionRequest request = Request(With(Two(Other, 3, 3)));
        new RolloutUndoAction().Plan(request).Should().BeOfType<ActionResult.Planned>();
        new RolloutUndoAction().Plan(request with { FailedTemplates = [Reordered] }).Should().BeOfType<ActionResult.Refused>()
            .Which.Message.Should().Contain("3 revisions").And.Contain("no older one is known to have been healthy");
    }

    private static string Reordered => """{"spec":{"containers":[{"image":"web:1.5","name":"app"}]},"metadata":{"labels":{"app":"web"}}}""";

    private static ActionRequest Request(Situation state) => new(state.Subject, state, ImmutableSortedDictionary<string, string>.Empty, Sample.Now);

    private static HealthyTemplate Seen(string template) => new(PackedText.Of(template), Sample.Now.AddHours(-3), Sample.Now.AddHours(-2));

    private static RevisionFacts Two(string template, int desired, int ready) =>
        Sample.Revision(2, template, desired, ready) with { PodHash = "h2", CreatedAt = Sample.Now.AddMinutes(-120) };

    private static Situation With(RevisionFacts two) => Sample.Broken with
    {
        Revisions =
        [
            Sample.Revision(3, Sample.Bad, 1, 0) with { PodHash = "h3", CreatedAt = Sample.Now.AddMinutes(-60) },
            two,
            Sample.Revision(1, Sample.Good, 0, 0) with { CreatedAt = Sample.Now.AddMinutes(-180) },
        ],
    };

    private static PodFacts Pod(string hash, string waiting) => new()
    {
        Ref = new() { Kind = "Pod", Name = $"web-{hash}" },
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("pod-template-hash", hash),
        Containers = [new() { Name = "app", Image = "web:2", State = new ContainerState.Waiting(waiting, "") }],
    };
}
