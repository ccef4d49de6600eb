using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Firstline.EndToEnd.Tests;

/// <summary>A program of Prometheus' family, on a port that it takes itself, so that nobody else can come first.</summary>
internal sealed partial class ListeningProgram : IAsyncDisposable
{
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _said = new();
    private readonly Process _process;
    private bool _isDisposed;

    private ListeningProgram(string program, string[] arguments)
    {
        _process = new() { StartInfo = new(program, ["--web.listen-address=127.0.0.1:0", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true }, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"{program} ended: {_said}"));
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ListeningProgram> StartAsync(string program, params string[] arguments)
    {
        ListeningProgram started = new(program, arguments);
        started._process.Start();
        started._process.BeginErrorReadLine();
        started._process.BeginOutputReadLine();
        try
        {
            started.Address = await started._listening.Task.WaitAsync(Loop.Limit);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            _listening.TrySetResult(new Uri($"http://{match.Groups[1].Value}/"));
        }
    }

    [GeneratedRegex("Listening on.*address=(127\\.0\\.0\\.1:[0-9]+)")]
    private static partial Regex Listening();
}
