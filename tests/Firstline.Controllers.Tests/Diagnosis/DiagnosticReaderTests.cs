using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Diagnosis;

public sealed class DiagnosticReaderTests
{
    private const string Events = """
        {"kind":"EventList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[
         {"metadata":{"name":"a"},"type":"Warning","reason":"IncidentOpened","message":"ours","reportingComponent":"firstline","source":{"component":"firstline"}},
         {"metadata":{"name":"b"},"type":"Warning","reason":"Escalated","message":"ours, older","source":{"component":"firstline"},"reportingComponent":""},
         {"metadata":{"name":"c","resourceVersion":"41"},"type":"Warning","reason":"BackOff","message":"theirs","source":{"component":"kubelet"},"reportingComponent":"kubelet"},
         {"metadata":{"name":"d"},"type":"Warning","reason":"Odd","message":"from nobody"}]}
        """;

    [Fact]
    public async Task CompleteAsync_leaves_out_what_Firstline_itself_reported()
    {
        DiagnosticReader reader = new(new Listing(), NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance);
        Situation situation = new()
        {
            Subject = new() { Kind = "Deployment", ApiVersion = "apps/v1", Name = "web", Namespace = "shop", Uid = "u1" }, Exists = true,
        };

        Situation complete = await reader.CompleteAsync(situation, CancellationToken.None);

        complete.Events.Select(static e => e.Reason).Should().BeEquivalentTo("BackOff", "Odd");
        complete.Events.Single(static e => e.Reason == "BackOff").ResourceVersion.Should().Be("41");
    }

    [Theory]
    // situation                                 Ready replicas refused, event of the workload, pod on a node, asked for limits
    [InlineData("its pods run", false, "BackOff", true, false)]
    [InlineData("its ReplicaSet says that pods are refused", true, "BackOff", true, true)]
    [InlineData("an Event says that pods are refused", false, "FailedCreate", true, true)]
    [InlineData("a pod is on no node", false, "BackOff", false, true)]
    public async Task CompleteAsync_reads_the_limits_of_the_namespace_only_where_pods_are_missing(string situation, bool isRefused, string reason, bool isPlaced, bool asks)
    {
        Limiting client = new(reason);

        Situation complete = await Reader(client).CompleteAsync(Lacking(isRefused, isPlaced), CancellationToken.None);

        client.Asked.Should().BeEquivalentTo(asks ? ["resourcequotas in shop", "limitranges in shop"] : Array.Empty<string>(), situation);
        complete.Quotas.HasValue.Should().Be(asks, situation);
        complete.LimitRanges.HasValue.Should().Be(asks, situation);
    }

    [Fact]
    public async Task CompleteAsync_reads_quotas_and_limits_as_they_are_written()
    {
        Situation complete = await Reader(new Limiting("FailedCreate")).CompleteAsync(Lacking(false, true), CancellationToken.None);

        QuotaFacts quota = complete.Quotas!.Value.Should().ContainSingle().Subject;
        (quota.Ref.ToString(), quota.Hard["pods"], quota.Used["pods"], quota.ResourceVersion).Should().Be(("ResourceQuota/compute", "10", "9", "5"));
        LimitRangeFacts limits = complete.LimitRanges!.Value.Should().ContainSingle().Subject;
        (limits.Ref.ToString(), limits.ResourceVersion).Should().Be(("LimitRange/mem", "6"));
        limits.Limits.Should().Equal("Container max memory=1Gi", "Container default cpu=1");
    }

    [Fact]
    public async Task CompleteAsync_goes_on_where_limits_may_not_be_read()
    {
        Situation complete = await Reader(new Limiting("FailedCreate") { Refuses = true }).CompleteAsync(Lacking(false, true), CancellationToken.None);

        complete.Events.Should().ContainSingle();
        (complete.Quotas.HasValue, complete.LimitRanges.HasValue).Should().Be((false, false));
    }

    [Theory]
    // situation                                                          waits   how the run before is refused   requests   read
    [InlineData("it waits, and its run before the last was removed", true, KubeErrorKind.BadRequest, "previous,current", "current")]
    [InlineData("it waits, and its last run is there", true, null, "previous", "previous")]
    [InlineData("it runs again: how a sound start looks is no answer to why the last ended", false, KubeErrorKind.BadRequest, "previous", "")]
    [InlineData("the log may not be read", true, KubeErrorKind.Forbidden, "previous", "")]
    [InlineData("the kubelet does not answer", true, KubeErrorKind.ServiceUnavailable, "previous", "")]
    public async Task CompleteAsync_reads_the_run_that_ended_and_says_which_it_read(string situation, bool waits, KubeErrorKind? refusal, string requests, string read)
    {
        Logging client = new(refusal);
        ContainerFacts app = new()
        {
            Name = "app", RestartCount = 3, State = waits ? new ContainerState.Waiting("CrashLoopBackOff", "") : new ContainerState.Running(DateTimeOffset.UnixEpoch),
        };
        PodFacts pod = new() { Ref = new() { Kind = "Pod", ApiVersion = "v1", Name = "web-1", Namespace = "shop" }, Phase = "Running", Containers = [app] };

        Situation complete = await new DiagnosticReader(client, NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance)
            .CompleteAsync(new() { Subject = pod.Ref, Pods = [pod] }, CancellationToken.None);

        string.Join(',', client.Runs).Should().Be(requests, situation);
        string.Join(',', complete.Logs.Select(static l => l.Previous ? "previous" : "current")).Should().Be(read, situation);
    }

    [Fact]
    public async Task CompleteAsync_asks_for_fewer_lines_where_the_end_was_cut_off()
    {
        Logging client = new(null) { Text = static lines => lines > 100 ? new string('x', 256 * 1024) : "panic: the end" };
        PodFacts pod = new()
        {
            Ref = new() { Kind = "Pod", ApiVersion = "v1", Name = "web-1", Namespace = "shop" }, Phase = "Running",
            Containers = [new() { Name = "app", RestartCount = 3, State = new ContainerState.Waiting("CrashLoopBackOff", "") }],
        };

        Situation complete = await new DiagnosticReader(client, NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance)
            .CompleteAsync(new() { Subject = pod.Ref, Pods = [pod] }, CancellationToken.None);

        LogFacts log = complete.Logs.Should().ContainSingle().Subject;
        log.Lines.Should().Equal("panic: the end");
        log.IsComplete.Should().BeFalse("earlier lines were left out");
        client.Runs.Should().Equal("previous", "previous");
    }

    [Theory]
    [InlineData("a short log", "a\n\nb\n", 3, true)]
    [InlineData("no line break at its end", "a\nb", 2, true)]
    [InlineData("as many lines as were asked for", null, 1000, false)]
    [InlineData("an empty one", "", 0, true)]
    public async Task CompleteAsync_keeps_the_lines_as_the_log_counts_them(string situation, string? text, int lines, bool isComplete)
    {
        PodFacts pod = new()
        {
            Ref = new() { Kind = "Pod", ApiVersion = "v1", Name = "web-1", Namespace = "shop" }, Phase = "Running",
            Containers = [new() { Name = "app", RestartCount = 3, State = new ContainerState.Waiting("CrashLoopBackOff", "") }],
        };

        Situation complete = await Reader(new Logging(null) { Text = asked => text ?? string.Concat(Enumerable.Repeat("x\n", asked)) })
            .CompleteAsync(new() { Subject = pod.Ref, Pods = [pod] }, CancellationToken.None);

        LogFacts log = complete.Logs.Should().ContainSingle().Subject;
        (log.Lines.Length, log.IsComplete).Should().Be((lines, isComplete), situation);
    }

    private static DiagnosticReader Reader(IKubeClient client) => new(client, NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance);

    private static Situation Lacking(bool isRefused, bool isPlaced)
    {
        TargetRef target = new() { Kind = "Deployment", ApiVersion = "apps/v1", Name = "web", Namespace = "shop", Uid = "u1" };
        return new()
        {
            Subject = target,
            Workload = new() { Ref = target, Conditions = isRefused ? [new("ReplicaFailure", ConditionStatus.True, "FailedCreate", "exceeded quota", null)] : [] },
            Pods =
            [
                new()
                {
                    Ref = new() { Kind = "Pod", ApiVersion = "v1", Name = "web-1", Namespace = "shop", Uid = "u2" },
                    Conditions = [new("PodScheduled", isPlaced ? ConditionStatus.True : ConditionStatus.False, "", "", null)],
                },
            ],
        };
    }

    /// <summary>A server with one Event of that reason, a quota and a LimitRange, which it may refuse.</summary>
    private sealed class Limiting(string reason) : IKubeClient
    {
        public ConcurrentBag<string> Asked { get; } = [];

        public bool Refuses { get; init; }

        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => throw new KubeException(KubeErrorKind.NotFound, "there is no such pod");

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct)
        {
            string what = request.Type!.Plural;
            if (what == "events")
            {
                return List(request.Query.Any(static q => q.Value.Contains("u1", StringComparison.Ordinal)) ? $$$"""{"metadata":{"name":"c"},"type":"Warning","reason":"{{{reason}}}","message":"m"}""" : "");
            }

            Asked.Add($"{what} in {request.Key.Namespace}");
            return Refuses ? throw new KubeException(KubeErrorKind.Forbidden, "no") : List(what == "resourcequotas"
                ? """{"metadata":{"name":"compute","namespace":"shop","resourceVersion":"5"},"status":{"hard":{"pods":"10"},"used":{"pods":9}}}"""
                : """{"metadata":{"name":"mem","namespace":"shop","resourceVersion":"6"},"spec":{"limits":[{"type":"Container","max":{"memory":"1Gi"},"default":{"cpu":1}}]}}""");
        }

        private static Task<Stream> List(string item) =>
            Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($$$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{{{item}}}]}""")));
    }

    /// <summary>A server that has the log of the current run, and refuses that of the run before, or has it.</summary>
    private sealed class Logging(KubeErrorKind? refusal) : IKubeClient
    {
        public List<string> Runs { get; } = [];

        public Func<int, string> Text { get; init; } = static _ => "panic: no luck";

        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (request.Subresource != "log")
            {
                throw new KubeException(KubeErrorKind.NotFound, "there is no such pod");
            }

            bool isPrevious = request.Query.Any(static q => q is { Key: "previous", Value: "true" });
            Runs.Add(isPrevious ? "previous" : "current");
            return isPrevious && refusal is { } kind ? throw new KubeException(kind, "refused") : Task.FromResult(new KubeResponse(Encoding.UTF8.GetBytes(Text(Lines(request))), []));
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new KubeException(KubeErrorKind.Forbidden, "events may not be read");

        private static int Lines(KubeRequest request) => int.Parse(request.Query.Single(static q => q.Key == "tailLines").Value, CultureInfo.InvariantCulture);
    }

    private sealed class Listing : IKubeClient
    {
        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Events)));
    }
}
