using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Host.Http;
using Firstline.Host.Traces;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests;

public sealed partial class StopTests
{
    [Fact]
    public void The_pod_may_take_longer_to_stop_than_all_stops_one_after_the_other()
    {
        TimeSpan listeners = Listener.LastAnswers * 2;   // webhook and health
        TimeSpan work = new ControllerHostOptions().DrainTimeout + new LeaderElectionOptions { Lease = new("a", "b"), Identity = "c" }.RetryPeriod;

        string manifest = File.ReadAllText(Path.Combine(Checkout.Folder, "config", "manager", "deployment.yaml"));
        double grace = double.Parse(Grace().Match(manifest).Groups[1].Value, CultureInfo.InvariantCulture);

        grace.Should().BeGreaterThan((listeners + work + FirstlineOperator.EventPatience + TraceExporter.LastWords).TotalSeconds);
    }

    [GeneratedRegex("terminationGracePeriodSeconds: ([0-9]+)")]
    private static partial Regex Grace();
}
