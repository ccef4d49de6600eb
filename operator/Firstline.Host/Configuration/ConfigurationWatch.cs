using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Firstline.Host.Options;

namespace Firstline.Host.Configuration;

/// <summary>Takes over a changed configuration file while the operator runs.</summary>
/// <remarks>
/// The kernel tells of changes in the file's folder. A mounted ConfigMap is replaced by moving the link <c>..data</c> there, an editor writes or moves the file:
/// each is a reason to look, and only another content is a change.
/// </remarks>
internal sealed partial class ConfigurationWatch : IAsyncDisposable
{
    private static readonly Meter Meter = new("Firstline.Host.Configuration");
    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>(
        "firstline_config_reloads_total", description: "Changes of the configuration file by result: applied, or refused because of a mistake in it or an unexpected error.");

    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly LiveOptions _options;
    private readonly string _file;
    private readonly ILogger _log;
    private readonly FileSystemWatcher? _watcher;
    private readonly Task _looking;
    private byte[] _content;

    private ConfigurationWatch(LiveOptions options, string file, ILogger log)
    {
        (_options, _file, _log) = (options, Path.GetFullPath(file), log);
        _content = [];
        _watcher = Watch();
        _looks.Writer.TryWrite(true);   // it may have changed since it was read at start
        _looking = LookAsync();
    }

    /// <summary>Begins to watch; null where no file was given.</summary>
    public static ConfigurationWatch? Start(LiveOptions options, ILoggerFactory logs) =>
        options.File is { } file ? new(options, file, logs.CreateLogger<ConfigurationWatch>()) : null;

    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        _looks.Writer.TryComplete();
        await _looking;
    }

    private FileSystemWatcher? Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(Path.GetDirectoryName(_file)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
            watcher.Changed += Look;
            watcher.Created += Look;
            watcher.Renamed += Look;
            watcher.Deleted += Look;
            watcher.Error += (_, e) => { LogDeaf(_file, e.GetException().Message); _looks.Writer.TryWrite(true); };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException e)
        {
            watcher?.Dispose();
            LogDeaf(_file, e.Message);   // the machine's limit of watches is reached
            return null;
        }
    }

    private void Look(object sender, FileSystemEventArgs e) => _looks.Writer.TryWrite(true);

    private async Task LookAsync()
    {
        await foreach (bool _ in _looks.Reader.ReadAllAsync())
        {
            LookOnce();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Here errors of the watch end: counted and logged, and the next change is looked at again.")]
    private void LookOnce()
    {
        try
        {
            byte[] content = Content();
            if (content.Length > 0 && !content.AsSpan().SequenceEqual(_content))
            {
                _content = content;
                Reload();
            }
        }
        catch (Exception e)
        {
            Count("refused");
            LogFailed(e, _file);
        }
    }

    /// <summary>Empty while the file is away: a replacement is on its way, and tells when it is there.</summary>
    private byte[] Content()
    {
        try
        {
            return SHA256.HashData(File.ReadAllBytes(_file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void Reload()
    {
        try
        {
            OperatorOptions before = _options.Current;
            (ImmutableArray<OperatorSetting> applied, ImmutableArray<OperatorSetting> waiting) = _options.Reload();
            foreach (OperatorSetting setting in applied)
            {
                LogApplied(_file, setting.Field, setting.Get(before), setting.Get(_options.Current));
            }

            if (waiting.Length > 0)
            {
                LogWaiting(_file, string.Join(", ", waiting.Select(static s => s.Field)));
            }

            Count("applied");
        }
        catch (OperatorStartException e)
        {
            Count("refused");
            LogRefused(e.Message);
        }
    }

    private static void Count(string result) => Reloads.Add(1, new KeyValuePair<string, object?>("result", result));

    [LoggerMessage(6301, LogLevel.Warning, "{File}: {Setting} changed from {Before} to {After}, in force from now on")]
    private partial void LogApplied(string file, string setting, string before, string after);

    [LoggerMessage(6302, LogLevel.Warning, "{File}: {Settings} changed and will be in force after a restart of the operator")]
    private partial void LogWaiting(string file, string settings);

    [LoggerMessage(6303, LogLevel.Error, "The changed configuration is not taken over, what was in force stays: {Problem}")]
    private partial void LogRefused(string problem);

    [LoggerMessage(6304, LogLevel.Warning, "{File} cannot be watched, so changes of it wait for a restart of the operator: {Reason}")]
    private partial void LogDeaf(string file, string reason);

    [LoggerMessage(6305, LogLevel.Error, "{File} changed, and taking it over failed unexpectedly; its next change is looked at again")]
    private partial void LogFailed(Exception e, string file);
}
