using Firstline.Host.Signals;
using Firstline.Testing;
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
        TokenFile token = new(folder.Write("token", "s3cret\n"), new ManualTimeProvider());

        token.Accepts(authorization).Should().Be(accepted, situation);
    }

    [Fact]
    public void Accepts_takes_a_rotated_token_without_a_restart()
    {
        using TemporaryFolder folder = new();
        Mount(folder, "v1", "old");
        ManualTimeProvider clock = new();
        TokenFile token = new(folder.File("token"), clock);
        token.Accepts("Bearer old").Should().BeTrue();

        Mount(folder, "v2", "new");

        token.Accepts("Bearer new").Should().BeTrue("a sender that has it already must not be turned away");
        token.Accepts("Bearer old").Should().BeFalse();
        Mount(folder, "v3", "end");
        clock.Advance(TimeSpan.FromSeconds(10));
        token.Accepts("Bearer new").Should().BeFalse("the file is read again without anybody asking with the next token");
    }

    [Fact]
    public void Accepts_goes_on_with_the_last_token_while_the_file_is_missing()
    {
        using TemporaryFolder folder = new();
        ManualTimeProvider clock = new();
        TokenFile token = new(folder.Write("token", "s3cret"), clock);
        token.Check();

        File.Delete(folder.File("token"));
        clock.Advance(TimeSpan.FromSeconds(10));

        token.Accepts("Bearer s3cret").Should().BeTrue();
        token.Accepts("Bearer other").Should().BeFalse();
    }

    [Fact]
    public void Accepts_nothing_while_the_file_is_empty()
    {
        using TemporaryFolder folder = new();
        TokenFile token = new(folder.Write("token", " \n"), new ManualTimeProvider());

        token.Accepts("Bearer ").Should().BeFalse();
        token.Accepts("Bearer").Should().BeFalse();
    }

    [Fact]
    public void Check_says_what_is_wrong_with_the_file()
    {
        using TemporaryFolder folder = new();
        string empty = folder.Write("empty", "");

        Action missing = () => new TokenFile(folder.File("none"), new ManualTimeProvider()).Check();
        Action blank = () => new TokenFile(empty, new ManualTimeProvider()).Check();

        missing.Should().Throw<OperatorStartException>().WithMessage($"the webhook's token file {folder.File("none")} cannot be read:*");
        blank.Should().Throw<OperatorStartException>().WithMessage($"the webhook's token file {empty} is empty: write a token into it");
    }

    /// <summary>Writes the token as the kubelet does: the file is a link through <c>..data</c>, and only <c>..data</c> is swapped.</summary>
    private static void Mount(TemporaryFolder folder, string version, string content)
    {
        Directory.CreateDirectory(folder.File(version));
        folder.Write(Path.Combine(version, "token"), content);
        File.Delete(folder.File("..data"));
        File.CreateSymbolicLink(folder.File("..data"), version);
        if (version == "v1")
        {
            File.CreateSymbolicLink(folder.File("token"), Path.Combine("..data", "token"));
        }
    }
}
