using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

/// <summary>It is noon in UTC on a Friday.</summary>
public sealed class CronMissedDetectorTests
{
    private const int Hour = 3600;
    private const int Day = 24 * Hour;

    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it runs every hour, and nothing was started for three", Of("0 * * * *", 3 * Hour), true, null),
        ("it runs every five minutes, and the last start was an hour ago at no round minute", Of("*/5 * * * *", Hour + 20), true, null),
        ("it runs daily at two, and the last start was the day before yesterday", Of("0 2 * * *", 2 * Day + 10 * Hour), true, null),
        ("it runs daily at two in a zone of its own", Of("0 2 * * *", 2 * Day + 10 * Hour, Zone), true, null),
        ("it was never started since it was made a day ago", Of("0 * * * *", null), true, null),
        ("a Job of it goes on, and others may run beside it", Of("0 * * * *", 3 * Hour) with { Jobs = [Active] }, true, null),
        ("the last start was on time", Of("0 * * * *", 0), false, Hour + 600),
        ("it was due five minutes ago", Of("55 * * * *", Hour + 300), false, 300),
        ("it runs daily at two, and where the control plane is that may be twelve hours later", Of("0 2 * * *", Day + 9 * Hour), false, 4 * Hour + 600),
        ("it is suspended", Change("0 * * * *", 3 * Hour, static c => c with { Suspended = true }), false, null),
        ("it was resumed a moment ago", Change("0 * * * *", 3 * Hour, static c => c with { LastChange = new(Ago(60), "kubectl-patch", ["suspend"]) }), false, 600),
        ("a Job of it goes on, and no other may run beside it", Change("0 * * * *", 3 * Hour, static c => c with { ConcurrencyPolicy = "Forbid" }) with { Jobs = [Active] }, false, null),
        ("it names a zone that is not known here", Change("0 * * * *", 3 * Hour, static c => c with { HasUnknownZone = true }), false, null),
        ("its schedule is of another form", Of("@every 1h", 3 * Hour), false, null),
        ("its namespace goes", Of("0 * * * *", 3 * Hour) with { NamespaceEnding = true }, false, null),
        ("it is gone", Of("0 * * * *", 3 * Hour) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new CronMissedDetector(), sentence, situation, fires, lookAgain);

    private static TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private static TargetRef Cron => Target("CronJob", "import", "batch/v1");

    private static JobFacts Active => new() { Ref = Target("Job", "import-1", "batch/v1"), CreatedAt = Ago(3 * Hour), Active = 1 };

    private static Situation Of(string schedule, int? last, TimeZoneInfo? zone = null) => new()
    {
        Subject = Cron, CronJob = new() { Ref = Cron, CreatedAt = Ago(10 * Day), Schedule = schedule, Zone = zone, LastScheduleTime = last is { } ago ? Ago(ago) : null },
    };

    private static Situation Change(string schedule, int last, Func<CronJobFacts, CronJobFacts> change) => Of(schedule, last) is var s ? s with { CronJob = change(s.CronJob!) } : s;
}
