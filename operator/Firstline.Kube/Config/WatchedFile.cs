namespace Firstline.Kube.Config;

/// <summary>
/// What one or two files hold, read again when they changed; looked at every few seconds at most. While a rotation leaves them
/// unreadable or unfitting, the last good content stays in use.
/// </summary>
internal sealed class WatchedFile<T>(Func<T> read, IReadOnlyList<string> paths, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private T? _value;
    private string _stamp = "";
    private long _lookedAt;

    public T Value
    {
        get
        {
            lock (_gate)
            {
                if (_value is null || clock.GetElapsedTime(_lookedAt) >= Interval)
                {
                    Look();
                }

                return _value!;
            }
        }
    }

    /// <summary>The next read looks at the files, however recent the last look was.</summary>
    public void LookNow()
    {
        lock (_gate)
        {
            _lookedAt = clock.GetTimestamp() - (long)(Interval.TotalSeconds * clock.TimestampFrequency);
        }
    }

    private void Look()
    {
        _lookedAt = clock.GetTimestamp();
        string stamp = string.Join('|', paths.Select(p => $"{File.GetLastWriteTimeUtc(p).Ticks}:{(File.Exists(p) ? new FileInfo(p).Length : -1)}"));
        if (_value is not null && stamp == _stamp)
        {
            return;
        }

        try
        {
            _value = read();
            _stamp = stamp;
        }
        catch (KubeConfigException) when (_value is not null)
        {
            _stamp = "";   // half-way through a rotation: look again soon
        }
    }
}
