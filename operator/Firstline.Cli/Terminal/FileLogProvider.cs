using System.Globalization;

namespace Firstline.Cli.Terminal;

/// <summary>Writes log lines to a file, so that they do not get into the account on the screen. A disk that is full costs lines, not the work they tell of.</summary>
/// <param name="path">The file; lines are added to it.</param>
/// <param name="clock">Tells the time of each line.</param>
/// <param name="error">Is told once, in a sentence, when a line cannot be written.</param>
/// <exception cref="IOException">The file cannot be opened.</exception>
/// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
internal sealed class FileLogProvider(string path, TimeProvider clock, TextWriter error) : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0)) { AutoFlush = true };
    private bool _isTold;
    private bool _isDisposed;

    public ILogger CreateLogger(string categoryName) => new FileLogger(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _file.Dispose();
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        lock (_gate)
        {
            // Something that ends late may still want to say so.
            if (!_isDisposed)
            {
                string time = clock.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
                Write($"{time} {level.ToString().ToLowerInvariant()} {category}: {message}{(exception is null ? "" : "\n" + exception)}");
            }
        }
    }

    private void Write(string line)
    {
        try
        {
            _file.WriteLine(line);
        }
        catch (IOException e)
        {
            if (!_isTold)
            {
                _isTold = true;
                error.WriteLine($"firstline: the log {path} lacks lines from here on, all else goes on: {e.Message.TrimEnd('.')}");
            }
        }
    }

    private sealed class FileLogger(FileLogProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(logLevel, category, formatter(state, exception), exception);
    }
}
