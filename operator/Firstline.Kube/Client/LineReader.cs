namespace Firstline.Kube.Client;

/// <summary>Cuts a stream into lines without copying them; a last line without its newline is a broken one and is dropped.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private readonly PooledBuffer _buffer = new(stream);
    private int _taken;
    private int _searched;

    /// <summary>The line that <see cref="NextAsync"/> found; valid until it is called again.</summary>
    public ReadOnlySpan<byte> Line => _buffer.Unread[..(_taken - 1)];

    /// <summary>Moves to the next line; false at the end of the stream.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        _buffer.Consume(_taken);
        (_taken, _searched) = (0, 0);
        while (!FindNewline())
        {
            if (!await _buffer.FillAsync(ct))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _buffer.Dispose();

    private bool FindNewline()
    {
        ReadOnlySpan<byte> unread = _buffer.Unread;
        int at = unread[_searched..].IndexOf((byte)'\n');
        _taken = at < 0 ? 0 : _searched + at + 1;
        _searched = unread.Length;
        return at >= 0;
    }
}
