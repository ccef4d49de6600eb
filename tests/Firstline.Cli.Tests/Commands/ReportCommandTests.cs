using Firstline.Api.V1Alpha1;
using Firstline.Cli.Commands;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Commands;

public sealed class ReportCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_name_the_worst_detector_of_the_week()
    {
        Incident[] incidents = [Of("CrashLoop", null, 1), Of("CrashLoop", Feedback.FalsePositive, 2), Of("Hung", Feedback.FalsePositive, 3), Of("Hung", Feedback.FalsePositive, 999), Of("KubePodCrashLooping", null, 5)];

        ReportCommand.Lines(incidents, Now, TimeSpan.FromDays(7)).Should().Equal(
            "4 incidents in 168h, 2 with feedback",
            "DETECTOR OR ALERT                         INCIDENTS      FALSE       RATE  DUPLICATE   CATEGORY",
            "Hung                                              1          1      100 %          0          0",
            "CrashLoop                                         2          1       50 %          0          0",
            "KubePodCrashLooping                               1          0        0 %          0          0",
            "worst: Hung, 1 of 1 were false positives; what follows from feedback is in spec.feedback of the RemediationPolicy");
    }

    [Fact]
    public void Lines_say_that_there_is_nothing_to_blame()
    {
        ReportCommand.Lines([], Now, TimeSpan.FromDays(7)).Should().Equal("0 incidents in 168h, 0 with feedback");
        ReportCommand.Lines([Of("Hung", null, 1)], Now, TimeSpan.FromDays(7)).Last().Should().Be("nobody called an incident a false positive");
    }

    private static Incident Of(string detector, Feedback? feedback, int hoursAgo) => new()
    {
        Metadata = new() { Name = "x", Namespace = "shop", CreationTimestamp = Now.AddHours(-hoursAgo) },
        Spec = new() { Feedback = feedback },
        Status = new() { Signals = [new() { Fingerprint = detector, Name = detector, Source = IncidentSource.Detector }] },
    };
}
