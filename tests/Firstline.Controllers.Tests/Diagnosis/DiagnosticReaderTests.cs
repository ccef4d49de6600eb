using System.Globalization;
using System.Text;
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
         {"metadata":{"name":"c"},"type":"Warning","reason":"BackOff","message":"theirs","source":{"component":"kubelet"},"reportingComponent":"kubelet"},
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

        complete.Logs.Should().ContainSingle().Which.Lines.Should().Equal("panic: the end");
        client.Runs.Should().Equal("previous", "previous");
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
