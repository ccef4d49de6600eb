using Firstline.Kube.Config;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Config;

/// <summary>Credentials in a volume that the kubelet keeps current.</summary>
public sealed class MountedCredentialTests : IDisposable
{
    private readonly MountedSecret _mount = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _mount.Dispose();

    [Fact]
    public async Task Token_is_read_again_after_the_kubelet_swapped_its_folder()
    {
        _mount.Update(("token", "old"));
        TokenFileCredentials credentials = Token();
        (await TokenOfAsync(credentials)).Should().Be("old");

        _mount.Update(("token", "new"));
        _clock.Advance(TimeSpan.FromSeconds(10));

        (await TokenOfAsync(credentials)).Should().Be("new");
    }

    [Fact]
    public async Task Renew_reads_again_however_recent_the_last_look_was()
    {
        _mount.Update(("token", "old"));
        TokenFileCredentials credentials = Token();
        _mount.Update(("token", "new"));

        credentials.Renew().Should().BeTrue();
        (await TokenOfAsync(credentials)).Should().Be("new");
    }

    [Theory]
    [InlineData("the file is missing for a moment", null)]
    [InlineData("the file is empty for a moment", "")]
    public async Task Token_stays_in_use_while(string situation, string? content)
    {
        _mount.Update(("token", "old"));
        TokenFileCredentials credentials = Token();
        if (content is null)
        {
            _mount.Break();
        }
        else
        {
            _mount.Update(("token", content));
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        (await TokenOfAsync(credentials)).Should().Be("old", situation);

        _mount.Update(("token", "new"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        (await TokenOfAsync(credentials)).Should().Be("new");
    }

    [Fact]
    public void Authorities_of_a_pod_follow_a_rotation_of_its_ca_crt()
    {
        _mount.Update(("token", "t"), ("ca.crt", MountedSecret.Certificate("first")));
        KubeConfigOptions options = new()
        {
            Environment = static name => name switch { "KUBERNETES_SERVICE_HOST" => "host", "KUBERNETES_SERVICE_PORT" => "443", _ => null },
            ServiceAccountFolder = _mount.Folder,
            Clock = _clock,
        };
        ClusterAccess access = InClusterConfig.Find(options)!;
        access.Authorities!().Single().Subject.Should().Be("CN=first");

        _mount.Update(("token", "t"), ("ca.crt", ""));
        _clock.Advance(TimeSpan.FromSeconds(10));
        access.Authorities!().Single().Subject.Should().Be("CN=first", "an empty file is half of a rotation, not a wish to trust nobody");

        _mount.Update(("token", "t"), ("ca.crt", MountedSecret.Certificate("other")));
        _clock.Advance(TimeSpan.FromSeconds(10));
        access.Authorities!().Single().Subject.Should().Be("CN=other");
    }

    private TokenFileCredentials Token() => new(_mount.File("token"), "the test", _clock);

    private static async Task<string?> TokenOfAsync(TokenFileCredentials credentials) => (await credentials.GetAsync(Patience.Token)).Token;
}
