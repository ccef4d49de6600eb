using System.Security.Cryptography;

namespace Firstline.Kube.Config;

/// <summary>
/// What one or several files hold, read again every ten seconds at most. While a rotation leaves them missing, unreadable or unfitting, the
/// last good content stays in use.
/// </summary>
/// <remarks>
/// The content decides, never times or lengths: in a pod each file is a link through <c>..data</c>, the kubelet swaps that folder alone, and
/// the time and the length of the link stay as they were.
/// </remarks>
/// <param name="read">Makes a value of the files. Its first failure reaches the caller; later ones leave the last value in use.</param>
/// <param name="paths">Files that <paramref name="read"/> reads; none when all is given inline.</param>
/// <param name="clock">Source of time.</param>
public sealed class WatchedFile<T>(Func<T> read, IReadOnlyList<string> paths, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private T? _value;
    private byte[] _content = [];
    private long _lookedAt;

    /// <summary>The content, at most ten seconds old.</summary>
    public T Value
    {
        get
        {
            lock (_gate)
            {
                return _value is not null && clock.GetElapsedTime(_lookedAt) < Interval ? _value : Look();
            }
        }
    }

    /// <summary>Reads the files now, however recent the last look was.</summary>
    public T Reread()
    {
        lock (_gate)
        {
            return Look();
        }
    }

    private T Look()
    {
        _lookedAt = clock.GetTimestamp();
        try
        {
            // Hashed before it is read: a file that changes in between is read once more at the next look.
            byte[] content = ContentHash();
            if (_value is null || content.Length == 0 || !content.AsSpan().SequenceEqual(_content))
            {
                _value = read();
                _content = content;
            }
        }
        catch (Exception e) when (_value is not null && IsHalfWay(e))
        {
            // A rotation is going on; the next look reads again, since the content is not the one that was read last.
        }

        return _value!;
    }

    /// <summary>Empty when a file cannot be read: the reader then says why.</summary>
    private byte[] ContentHash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (string path in paths)
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return hash.GetHashAndReset();
    }

    /// <summary>A file that is missing or cannot be read, is no PEM, or holds a key that does not fit its certificate.</summary>
    private static bool IsHalfWay(Exception e) =>
        e is KubeConfigException or IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
