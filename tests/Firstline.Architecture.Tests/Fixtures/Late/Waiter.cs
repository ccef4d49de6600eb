namespace Firstline.Architecture.Tests.Fixtures.Late;

/// <summary>Has effects: it waits, rolls dice, and names a file in a generic argument.</summary>
internal sealed class Waiter
{
    private readonly List<FileInfo> _files = [];

    public async Task<int> CountAsync()
    {
        await Task.Yield();
        return _files.Count + Guid.NewGuid().GetHashCode();
    }
}
