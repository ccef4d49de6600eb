using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("a password in a query", "login failed: password=hunter22&user=bob", "hunter22")]
    [InlineData("a password in JSON", """{"user":"bob","dbPassword": "hunter22"}""", "hunter22")]
    [InlineData("a password in escaped JSON", """{\"password\":\"hunter22\"}""", "hunter22")]
    [InlineData("an environment variable", "DB_PASSWD=hunter22 starting", "hunter22")]
    [InlineData("a quoted value with blanks", "secret: 'correct horse battery'", "horse")]
    [InlineData("credentials in a URL", "dial postgres://bob:hunter22@db:5432/shop failed", "hunter22")]
    [InlineData("a URL password with a colon and a slash", "amqp://bob:hun:ter/22@mq/ failed", "ter/22")]
    [InlineData("a connection string", "Server=db;User Id=bob;Password=hunter22;Encrypt=true", "hunter22")]
    [InlineData("an account key", "AccountKey=c2VjcmV0a2V5c2VjcmV0a2V5; EndpointSuffix=x", "c2VjcmV0")]
    [InlineData("a bearer token", "curl -H 'Authorization: Bearer abcdef0123456789'", "abcdef0123456789")]
    [InlineData("basic authorization", "authorization=Basic Ym9iOmh1bnRlcjIy", "Ym9iOmh1bnRlcjIy")]
    [InlineData("a JWT", "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl seen", "eyJzdWIi")]
    [InlineData("a PEM block", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY----- next", "MIIEow")]
    [InlineData("a PEM block that was cut off", "-----BEGIN PRIVATE KEY-----\nMIIEow", "MIIEow")]
    [InlineData("an AWS key id", "using AKIAIOSFODNN7EXAMPLE now", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("a GitHub token", "git push with ghp_abcdefghijklmnopqrstuvwxyz0123", "ghp_abcdef")]
    [InlineData("an API key", "x-api-key: 0123456789abcdef", "0123456789abcdef")]
    public void Redact_takes_out(string secretIn, string text, string secret)
    {
        string redacted = Redactor.Redact(text);

        redacted.Should().NotContain(secret, secretIn).And.Contain(Redactor.Mark);
    }

    [Theory]
    [InlineData("the API's sentence about a missing Secret", "secret \"db-password\" not found")]
    [InlineData("the API's sentence about a missing key", "couldn't find key password in Secret shop/db")]
    [InlineData("an image reference", "Failed to pull image \"registry.local:5000/shop/web:2\": not found")]
    [InlineData("an ordinary URL", "GET https://web.shop.svc:8443/healthz: connection refused")]
    [InlineData("an exit code", "Back-off restarting failed container app in pod web-1_shop(uid)")]
    public void Redact_leaves_alone(string what, string text) => Redactor.Redact(text).Should().Be(text, what);

    [Fact]
    public void Redact_stays_fast_on_hostile_text()
    {
        string hostile = string.Concat(Enumerable.Repeat("password", 4000)) + string.Concat(Enumerable.Repeat("a://b:", 4000));

        Action redact = () => BoundedText.Of(hostile, 1024);

        redact.ExecutionTime().Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void BoundedText_removes_a_secret_before_it_cuts() =>
        BoundedText.Of($"password={new string('x', 50)}", 12).Should().NotContain("xxx");
}
