using Firstline.Host.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Signals;

public sealed class TokenFileTests
{
    [Theory]
    [InlineData("the token", "Bearer s3cret", true)]
    [InlineData("the scheme in lower case", "bearer s3cret", true)]
    [InlineData("another token", "Bearer s3cre", false)]
    [InlineData("the token without its scheme", "s3cret", false)]
    [InlineData("another scheme", "Basic s3cret", false)]
    [InlineData("an empty token", "Bearer ", false)]
    [InlineData("no header", null, false)]
    public void Accepts_only_the_bearer_token(string situation, string? authorization, bool accepted)
    {
        using TemporaryFolder folder = new();
        TokenFile token = new(folder.Write("token", "s3cret\n"));

        token.Accepts(authorization).Should().Be(accepted, situation);
    }

    [Fact]
    public void Accepts_takes_a_rotated_token_without_a_restart()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("token", "old");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        TokenFile token = new(file);
        token.Accepts("Bearer old").Should().BeTrue();

        folder.Write("token", "new");

        token.Accepts("Bearer old").Should().BeFalse();
        token.Accepts("Bearer new").Should().BeTrue();
    }

    [Fact]
    public void Accepts_nothing_while_the_file_is_empty()
    {
        using TemporaryFolder folder = new();
        TokenFile token = new(folder.Write("token", " \n"));

        token.Accepts("Bearer ").Should().BeFalse();
        token.Accepts("Bearer").Should().BeFalse();
    }

    [Fact]
    public void Check_says_what_is_wrong_with_the_file()
    {
        using TemporaryFolder folder = new();
        string empty = folder.Write("empty", "");

        Action missing = () => new TokenFile(folder.File("none")).Check();
        Action blank = () => new TokenFile(empty).Check();

        missing.Should().Throw<OperatorStartException>().WithMessage($"the webhook's token file {folder.File("none")} cannot be read:*");
        blank.Should().Throw<OperatorStartException>().WithMessage($"the webhook's token file {empty} is empty: write a token into it");
    }
}
