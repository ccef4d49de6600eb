using Firstline.DevServer.Http;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

/// <summary>Whoever knows a server with a folder knows it after a restart too.</summary>
public sealed class KeptCredentialsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credentials").FullName;
    private readonly FastClock time = new(1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_restart_keeps_the_authority_the_server_certificate_and_the_tokens()
    {
        Kept first = await RunAsync();
        Kept second = await RunAsync();

        second.Should().Be(first);
    }

    [Fact]
    public async Task A_server_certificate_that_ends_soon_is_renewed_by_the_same_authority()
    {
        Kept first = await RunAsync();
        time.Skew(TimeSpan.FromDays(340));
        Kept second = await RunAsync();

        second.Authority.Should().Be(first.Authority);
        second.Server.Should().NotBe(first.Server);
        second.Tokens.Should().Be(first.Tokens);
        (await RunAsync()).Should().Be(second);
    }

    [Fact]
    public async Task An_authority_that_ends_soon_is_renewed_with_all_that_it_signed()
    {
        Kept first = await RunAsync();
        time.Skew(TimeSpan.FromDays(3640));
        Kept second = await RunAsync();

        second.Authority.Should().NotBe(first.Authority);
        second.Server.Should().NotBe(first.Server);
    }

    [Theory]
    [InlineData("authority.pem")]
    [InlineData("server.pem")]
    [InlineData("tokens.json")]
    public async Task A_broken_file_is_made_anew(string file)
    {
        await RunAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, file), "[cut o");

        Kept second = await RunAsync();

        (await RunAsync()).Should().Be(second);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_this_user_can_read_them()
    {
        await RunAsync();

        File.GetUnixFileMode(folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo("authority.pem", "server.pem", "tokens.json");
        Directory.GetFiles(folder).Should().OnlyContain(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_one_sentence()
    {
        string file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");

        await FluentActions.Awaiting(() => DevApiServer.StartAsync(Options(file), CancellationToken.None))
            .Should().ThrowAsync<DevServerException>().WithMessage($"cannot write to {file}: it is a file; choose another folder");
    }

    private DevServerOptions Options(string credentials) => new() { Time = time, CredentialsFolder = credentials, Users = [new DevUser("alice", [])] };

    private async Task<Kept> RunAsync()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(Options(folder), CancellationToken.None);
        string file = Path.Combine(folder, "server.pem");
        return new(server.AuthorityPem!, File.Exists(file) ? await File.ReadAllTextAsync(file) : "", string.Join(' ', server.Users.Select(user => $"{user.Name}={user.Token}")));
    }

    private sealed record Kept(string Authority, string Server, string Tokens);
}
