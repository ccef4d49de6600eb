using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class RevisionHeldDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its pods wait for an hour to be deleted", Held("StatefulSet", rolledOut: 3600), true, null),
        ("a DaemonSet's pods wait", Held("DaemonSet", rolledOut: 3600, hasOther: false), true, null),
        ("it was changed ten minutes ago", Held("StatefulSet", rolledOut: 600), false, 1200),
        ("its pods follow by themselves", Held("StatefulSet", rolledOut: 3600, strategy: "RollingUpdate"), false, null),
        ("its pods all have the newest revision", Held("StatefulSet", rolledOut: 3600, updated: 2), false, null),
        ("it has one revision, and its status counts no pod as updated", Held("StatefulSet", rolledOut: 3600, hasOther: false), false, null),
        ("it is scaled to zero", Zero(Held("StatefulSet", rolledOut: 3600)), false, null),
        ("it is gone", Held("StatefulSet", rolledOut: 3600) with { Exists = false }, false, null),
        ("it is a Job", Job(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new RevisionHeldDetector(), sentence, situation, fires, lookAgain);

    private static Situation Held(string kind, int rolledOut, string strategy = "OnDelete", int updated = 0, bool hasOther = true)
    {
        Situation situation = Deployment(Pod(Running()), Pod(Running(), "web-2"));
        return situation with
        {
            Subject = Target(kind), Revisions = Revisions(rolledOut),
            Workload = situation.Workload! with { Ref = Target(kind), UpdateStrategy = strategy, UpdatedPods = updated, HasOtherRevision = hasOther },
        };
    }
}
