using System.Text;
using Firstline.Controllers.Observation.Reading;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class ManagedChangeTests
{
    private const string Set = """{"manager":"kubectl-set","operation":"Update","time":"2026-11-20T12:00:00Z","fieldsV1":{"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"app\"}":{".":{},"f:image":{}}}}}}}}""";
    private const string Status = """{"manager":"kube-controller-manager","operation":"Update","subresource":"status","time":"2026-11-20T13:00:00Z","fieldsV1":{"f:status":{"f:replicas":{}},"f:spec":{"f:x":{}}}}""";
    private const string Notes = """{"fieldsV1":{"f:metadata":{"f:annotations":{"f:a":{}}}},"manager":"kubectl-annotate","time":"2026-11-20T14:00:00Z"}""";
    private const string Scaled = """{"fieldsV1":{"f:spec":{"f:replicas":{}}},"manager":"hpa","subresource":"scale","time":"2026-11-20T12:30:00Z"}""";
    private const string Applied = """{"fieldsV1":{"f:spec":{"f:a":{},"f:b":{},"f:c":{},"f:d":{},"f:e":{},"f:f":{}}},"manager":"argocd-controller","time":"2026-11-20T12:45:00Z"}""";

    /// <summary>A sentence, the managed fields, and what is read: hour and minute, manager, fields; null for nothing.</summary>
    public static TheoryData<string, string, string?> Cases { get; } = new()
    {
        { "one field of a container", $"[{Set}]", "12:00 kubectl-set image" },
        { "what is of the status or of metadata alone is none", $"[{Set},{Status},{Notes}]", "12:00 kubectl-set image" },
        { "the newest counts, wherever it stands", $"[{Scaled},{Set}]", "12:30 hpa replicas" },
        { "a whole manifest says no fields", $"[{Set},{Applied}]", "12:45 argocd-controller " },
        { "data of a ConfigMap", """[{"manager":"kubectl-edit","time":"2026-11-20T12:00:00Z","fieldsV1":{"f:data":{".":{},"f:level":{}}}}]""", "12:00 kubectl-edit level" },
        { "no entry", "[]", null },
        { "no time", """[{"manager":"x","fieldsV1":{"f:spec":{"f:a":{}}}}]""", null },
        { "fields of another form", """[{"manager":"x","time":"2026-11-20T12:00:00Z","fieldsV1":[]}]""", null },
        { "no list", "{}", null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_finds_the_newest_change_of_what_is_wanted(string sentence, string managed, string? expected)
    {
        ChangeStamp? found = ManagedChange.Read(Encoding.UTF8.GetBytes("""{"kind":"Deployment","metadata":{"name":"web","labels":{"managedFields":"no"},"managedFields":""" + managed + """},"spec":{"replicas":1}}"""));

        (found is null ? null : $"{found.Time:HH:mm} {found.By} {string.Join(' ', found.Fields)}").Should().Be(expected, sentence);
    }

    [Fact]
    public void Read_tells_when_the_status_was_changed_last()
    {
        ManagedChange.Read(Encoding.UTF8.GetBytes($$$"""{"metadata":{"managedFields":[{{{Status.Replace("13:00", "12:59", StringComparison.Ordinal)}}},{{{Status}}},{{{Notes}}},{{{Set}}}]} }"""), out DateTimeOffset? statusAt);

        statusAt.Should().Be(new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Read_says_nothing_of_an_object_without_managed_fields() => ManagedChange.Read("{\"spec\":{}}"u8).Should().BeNull();
}
