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
        DiagnosticReader reader = new(new Listing(), NullLogger<DiagnosticReader>.Instance);
        Situation situation = new()
        {
            Subject = new() { Kind = "Deployment", ApiVersion = "apps/v1", Name = "web", Namespace = "shop", Uid = "u1" }, Exists = true,
        };

        Situation complete = await reader.CompleteAsync(situation, CancellationToken.None);

        complete.Events.Select(static e => e.Reason).Should().BeEquivalentTo("BackOff", "Odd");
    }

    private sealed class Listing : IKubeClient
    {
        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Events)));
    }
}
