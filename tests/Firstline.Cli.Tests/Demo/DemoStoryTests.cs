using Firstline.Cli.Demo;
using Firstline.DevServer.Http;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Demo;

public sealed class DemoStoryTests
{
    [Fact]
    public async Task An_alert_that_is_not_taken_ends_the_story()
    {
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = TimeProvider.System, Security = TransportSecurity.None }, CancellationToken.None);

        Func<Task> post = () => DemoStory.PostAsync(new Uri(server.Url, "/webhooks/alertmanager"), "wrong", "{}", CancellationToken.None);

        (await post.Should().ThrowAsync<HttpRequestException>()).WithMessage("the alert was answered 401 instead of 202: *Unauthorized*");
    }
}
