using System.Buffers;

namespace Firstline.Kube.Client;

/// <summary>Bytes of a stream that are not consumed yet, contiguous, in a rented array that grows to the largest piece.</summary>
internal sealed class PooledBuffer(Stream stream) : IDisposable
{
    private const int InitialSize = 64 * 1024;
    private const int MaxSize = 64 * 1024 * 1024;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start.._end);

    public void Consume(int count) => _start += count;

    /// <summary>Reads more; false at the end of the stream.</summary>
    /// <exception cref="IOException">The stream broke, or one object is larger than any API server sends.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        MakeRoom();
        int read = await stream.ReadAsync(_bytes.AsMemory(_end), ct);
        _end += read;
        return read > 0;
    }

    /// <summary>Reads until there is no more room, or the stream ends (false when it had ended), so that a piece is seldom looked at before it is whole.</summary>
    /// <exception cref="IOException">The stream broke, or one object is larger than any API server sends.</exception>
    public async ValueTask<bool> FillUpAsync(CancellationToken ct)
    {
        bool hasRead = await FillAsync(ct), isOpen = hasRead;
        while (isOpen && _end < _bytes.Length)
        {
            isOpen = await FillAsync(ct);
        }

        return hasRead;
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        (_start, _end) = (0, 0);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _bytes.Length)
        {
            return;
        }

        if (_bytes.Length >= MaxSize)
        {
            throw new IOException($"one object in the stream is larger than {MaxSize} bytes");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
