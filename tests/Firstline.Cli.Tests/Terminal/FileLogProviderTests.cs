using Firstline.Cli.Terminal;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.Cli.Tests.Terminal;

public sealed class FileLogProviderTests
{
    [Fact]
    public void A_line_is_added_to_the_file()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("log", "before\n");
        using StringWriter error = new();
        using (FileLogProvider provider = new(file, TimeProvider.System, error))
        {
            Log(provider, "hello");
        }

        File.ReadAllText(file).Should().Match("before\n??:??:??.??? information app: hello\n");
        error.ToString().Should().BeEmpty();
    }

    [SkippableFact]
    public void A_full_disk_is_told_once_and_stops_nobody()
    {
        const string Full = "/dev/full";
        Skip.IfNot(File.Exists(Full), "this system has no /dev/full, which is always full");
        using StringWriter error = new();
        using (FileLogProvider provider = new(Full, TimeProvider.System, error))
        {
            Log(provider, "one");
            Log(provider, "two");
        }

        error.ToString().Should().Be($"firstline: the log {Full} lacks lines from here on, all else goes on: No space left on device : '{Full}'\n");
    }

    private static void Log(FileLogProvider provider, string message) => provider.CreateLogger("app").Log(LogLevel.Information, default, message, null, static (m, _) => m);
}
