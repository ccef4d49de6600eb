using System.Text;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Diagnosis;

/// <summary>Incidents by hand on kinds of which the caches hold nothing.</summary>
public sealed class UnobservedTargetTests
{
    [Theory]
    [InlineData("it is there", """{"items":[{"metadata":{"name":"fast"}}]}""", "TargetNotObserved", "objects of kind StorageClass are not observed, so that StorageClass/fast can't be diagnosed; look at it by hand")]
    [InlineData("it is not", """{"items":[]}""", "TargetNotFound", "StorageClass/fast does not exist; check kind and name, and create another incident for the right one")]
    [InlineData(
        "the operator may not look", null, "TargetNotObserved",
        "objects of kind StorageClass are not observed and the operator may not list storageclasses.storage.k8s.io, so that it isn't even known whether StorageClass/fast exists; look at it by hand")]
    public async Task What_is_known_of_them_is_one_sentence_on_the_incident(string situation, string? answer, string reason, string message)
    {
        Server server = new(answer);
        OperatorOptions options = new("firstline-system");
        DiagnosisController controller = new(
            server, static _ => [], new DiagnosticReader(server, NoMetrics.Reader, NullLogger<DiagnosticReader>.Instance), server, server, new EventLog(), options, TimeProvider.System,
            NullLogger<DiagnosisController>.Instance);
        Incident incident = new()
        {
            Metadata = new() { Name = "by-hand", Namespace = "firstline-system" },
            Spec = new() { Target = new() { Kind = "StorageClass", Name = "fast" }, Summary = "it is slow" },
            Status = new() { Signals = [new() { Name = "Manual", Fingerprint = "f", Summary = "it is slow" }] },
        };

        await controller.ReconcileAsync(incident, CancellationToken.None);

        server.Written!.Conditions.Single(static c => c.Type == ConditionTypes.Diagnosed).Should().Match<Condition>(c => c.Reason == reason && c.Message == message, situation);
        server.Asked.Should().Be("List storageclasses fieldSelector=metadata.name=fast", "the role lets the operator list them, and get none");
    }

    /// <summary>Observes nothing, answers what is listed, and keeps the status.</summary>
    private sealed class Server(string? answer) : IKubeClient, ISituationSource, IStatusWriter
    {
        public string? Asked { get; private set; }

        public IncidentStatus? Written { get; private set; }

        public string FieldManager => "test";

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            Asked = $"{request.Verb} {request.Type!.Plural} {string.Join('&', request.Query.Where(static q => q.Key == "fieldSelector").Select(static q => $"{q.Key}={q.Value}"))}";
            return answer is null
                ? Task.FromException<KubeResponse>(new KubeException(KubeErrorKind.Forbidden, "no"))
                : Task.FromResult(new KubeResponse(Encoding.UTF8.GetBytes(answer), []));
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Situation? Observe(TargetRef target) => null;

        public void OnChange(Action<TargetRef> changed) => throw new NotSupportedException();

        public Situation LookAround(Situation situation) => throw new NotSupportedException();

        public Task<string?> ApplyAsync<TStatus>(
            ResourceType type, ObjectMeta metadata, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken)
        {
            Written = (IncidentStatus)(object)status!;
            return Task.FromResult<string?>("1");
        }

        public Task<string?> ApplyUnchangedAsync<TStatus>(
            ResourceType type, ObjectMeta read, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
