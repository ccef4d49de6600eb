using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("an address", "no account for ann.lee+shop@mail.example.com today", "ann.lee")]
    [InlineData("an address in JSON", """{"email":"ann@example.com"}""", "ann@")]
    [InlineData("an address in angle brackets", "From: Ann <ann@example.co.uk>", "ann@")]
    [InlineData("an address in a path", "GET /users/jane@corp.example.com/orders 500", "jane@")]
    [InlineData("an address in a query", "GET https://shop.example/?next=/u/jane@corp.example.com&a=1", "jane@")]
    [InlineData("a Visa number", "card 4111 1111 1111 1111 declined", "4111")]
    [InlineData("a Mastercard number with dashes", "pan=5555-5555-5555-4444", "5555")]
    [InlineData("an American Express number", "378282246310005 expired", "378282246310005")]
    [InlineData("a Mastercard number of the newer range", "2223003122003222", "2223003122003222")]
    public void Redact_takes_out(string what, string text, string data) => PersonalData.Redact(text).Should().NotContain(data, what).And.Contain(Redactor.Mark, what);

    [Theory]
    [InlineData("the digest of an image", "registry.example/web@sha256:4111111111111111411111111111111141111111111111114111111111111111")]
    [InlineData("a user in a URL", "dial postgres://shop@db.prod.example:5432 failed")]
    [InlineData("a card number with a wrong check digit", "order 4111111111111112")]
    [InlineData("a time in milliseconds", "ts=1763640000000 took 1763640000123")]
    [InlineData("a trace id", "trace 4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("an npm package", "cannot find module @nestjs/core@10.0.0")]
    public void Redact_leaves_alone(string what, string text) => PersonalData.Redact(text).Should().Be(text, what);
}
