using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class RolloutStuckDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("the deadline is exceeded", Progressing("ProgressDeadlineExceeded", ConditionStatus.False), true, null),
        ("the rollout goes on", Progressing("ReplicaSetUpdated", ConditionStatus.True), false, null),
        ("the rollout is done", Progressing("NewReplicaSetAvailable", ConditionStatus.True), false, null),
        ("the rollout is paused", Paused(Progressing("ProgressDeadlineExceeded", ConditionStatus.False)), false, null),
        ("a newer spec has not been seen by its controller", Newer(Progressing("ProgressDeadlineExceeded", ConditionStatus.False)), false, null),
        ("it is scaled to zero", Zero(Progressing("ProgressDeadlineExceeded", ConditionStatus.False)), false, null),
        ("it has no conditions", Deployment(Pod(Running())), false, null),
        ("it is a Job", Job(), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new RolloutStuckDetector(), sentence, situation, fires, lookAgain);

    private static Situation Progressing(string reason, ConditionStatus status)
    {
        Situation healthy = Deployment(Pod(Running()));
        return healthy with { Workload = healthy.Workload! with { Conditions = [new("Progressing", status, reason, "", Ago(30))] } };
    }

    private static Situation Paused(Situation situation) => situation with { Workload = situation.Workload! with { Paused = true } };

    private static Situation Newer(Situation situation) => situation with { Workload = situation.Workload! with { Generation = 3 } };
}
