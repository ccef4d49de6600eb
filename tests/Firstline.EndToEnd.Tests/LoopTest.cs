using Firstline.Testing;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>A test with a loop of its own, whose clock runs ten times as fast as the world.</summary>
public abstract class LoopTest : IAsyncLifetime
{
    private Loop? _loop;

    private protected Loop Loop => _loop!;

    public async Task InitializeAsync() => _loop = await Loop.StartAsync(new FastClock(10));

    public async Task DisposeAsync() => await _loop!.DisposeAsync();
}
