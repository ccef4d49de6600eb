using Firstline.Core.Detection;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

public sealed class IngressBrokenDetectorTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IngressFacts Shop = new()
    {
        Ref = new() { ApiVersion = "networking.k8s.io/v1", Kind = "Ingress", Namespace = "shop", Name = "web" },
        CreatedAt = Now - TimeSpan.FromHours(1),
        Class = "nginx",
        Tls = [new("web-tls", ["shop.example"])],
    };

    private static readonly SecretFacts WebTls = new(new() { ApiVersion = "v1", Kind = "Secret", Namespace = "shop", Name = "web-tls" }, null, null, false);

    public static TheoryData<string, SecretFacts[]?, string?> Cases => new()
    {
        { "the Secret is there", [WebTls], null },
        { "the Secret is missing", [], "TLS Secret web-tls does not exist (not found)" },
        { "Secrets are not observed, so that nobody knows", null, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tls_Secret_is_missed_only_where_Secrets_are_observed(string situation, SecretFacts[]? secrets, string? found)
    {
        Surroundings around = new() { IngressClasses = ["nginx"], Secrets = secrets is null ? null : [.. secrets] };

        DetectorReport report = new IngressBrokenDetector().Detect(new() { Subject = Shop.Ref, Ingress = Shop, Around = around }, Now);

        report.Findings.Select(static f => f.Summary).Should().Equal(found is null ? [] : [found], situation);
    }
}
