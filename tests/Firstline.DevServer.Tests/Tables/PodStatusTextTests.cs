using System.Text.Json.Nodes;
using Firstline.DevServer.Tables;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Tables;

public sealed class PodStatusTextTests
{
    private const string Running = """{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}""";
    private const string Crashing = """{"name":"a","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"finishedAt":"2026-11-20T11:55:00Z"}}}""";

    [Theory]
    [InlineData("new", "{}", """{"phase":"Pending"}""", "0/1 Pending 0")]
    [InlineData("running", "{}", """{"phase":"Running","containerStatuses":[RUNNING]}""", "1/1 Running 0")]
    [InlineData("crash-looping", "{}", """{"phase":"Running","containerStatuses":[CRASHING]}""", "0/1 CrashLoopBackOff 4 (5m ago)")]
    [InlineData("completed", "{}", """{"phase":"Succeeded","containerStatuses":[{"name":"a","state":{"terminated":{"reason":"Completed","exitCode":0}}}]}""", "0/1 Completed 0")]
    [InlineData("ended without a reason", "{}", """{"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":3}}}]}""", "0/1 ExitCode:3 0")]
    [InlineData("ended by a signal", "{}", """{"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":137,"signal":9}}}]}""", "0/1 Signal:9 0")]
    [InlineData("evicted", "{}", """{"phase":"Failed","reason":"Evicted"}""", "0/1 Evicted 0")]
    [InlineData("deleted", """{"deletionTimestamp":"2026-11-20T12:00:00Z"}""", """{"phase":"Running","containerStatuses":[RUNNING]}""", "1/1 Terminating 0")]
    [InlineData("deleted when over", """{"deletionTimestamp":"2026-11-20T12:00:00Z"}""", """{"phase":"Failed"}""", "0/1 Failed 0")]
    [InlineData("on a lost node", """{"deletionTimestamp":"2026-11-20T12:00:00Z"}""", """{"phase":"Running","reason":"NodeLost"}""", "0/1 Unknown 0")]
    [InlineData("gated", "{}", """{"phase":"Pending","conditions":[{"type":"PodScheduled","reason":"SchedulingGated"}]}""", "0/1 SchedulingGated 0")]
    [InlineData("initializing", "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"running":{}}}]}""", "0/1 Init:0/1 0")]
    [InlineData("failing to initialize", "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "0/1 Init:CrashLoopBackOff 2")]
    [InlineData("initialized", "{}", """{"phase":"Running","initContainerStatuses":[{"name":"i","restartCount":2,"state":{"terminated":{"exitCode":0}}}],"containerStatuses":[RUNNING]}""", "1/1 Running 0")]
    public void Of_reads_as_kubectl_prints(string situation, string metadata, string status, string expected)
    {
        string json = status.Replace("RUNNING", Running, StringComparison.Ordinal).Replace("CRASHING", Crashing, StringComparison.Ordinal);
        string init = json.Contains("initContainer", StringComparison.Ordinal) ? ""","initContainers":[{"name":"i"}]""" : "";
        JsonObject pod = JsonNode.Parse($$"""{"metadata":{{metadata}},"spec":{"containers":[{"name":"a"}]{{init}}},"status":{{json}}}""")!.AsObject();

        PodStatusText text = PodStatusText.Of(pod);

        $"{text.Ready}/{text.Total} {text.Reason} {text.RestartText(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero))}".Should().Be(expected, situation);
    }
}
