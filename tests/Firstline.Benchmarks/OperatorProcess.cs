using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Firstline.Benchmarks;

/// <summary><c>firstline run</c> as a user starts it, watched from outside.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    /// <summary>Exit code of a process that <c>kill -9</c> ended.</summary>
    public const int Killed = 128 + 9;

    private const int LinesKept = 8;
    private readonly TaskCompletionSource<TimeSpan> _firstReconcile = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private OperatorProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.EnableRaisingEvents = true;
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>From the start of the process, runtime included, until a controller told of its first result.</summary>
    public Task<TimeSpan> FirstReconcile => _firstReconcile.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <param name="kubeconfig">The cluster.</param>
    /// <param name="program">A published operator; null runs <c>firstline run</c> as it was built here.</param>
    /// <param name="options">More options of its command line.</param>
    public static OperatorProcess Start(string kubeconfig, string? program, params string[] options)
    {
        ProcessStartInfo start = new(program ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] command = program is null ? [Path.Combine(AppContext.BaseDirectory, "firstline.dll"), "run"] : [];
        foreach (string argument in (string[])[.. command, "--kubeconfig", kubeconfig, "--health-port", "0", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        return new OperatorProcess(start);
    }

    /// <summary>A field of <c>/proc/PID/status</c> in MB: <c>VmRSS</c> now, <c>VmHWM</c> at its highest.</summary>
    public double Megabytes(string field)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>File names of what it has mapped into memory now: the assemblies that it has loaded, and others.</summary>
    public IEnumerable<string> Mapped() => File.ReadLines($"/proc/{_process.Id}/maps").Select(static l => Path.GetFileName(l.Split(' ')[^1])).Where(static f => f.Length > 0).Distinct();

    /// <summary>Ends when the process has ended, for whatever reason.</summary>
    public Task EndedAsync() => _process.WaitForExitAsync();

    /// <summary>Of one that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary><c>kill -9</c>.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        _output.Enqueue(line ?? "");
        if (_output.Count > LinesKept)
        {
            _output.TryDequeue(out _);
        }

        if (line?.Contains(" was judged", StringComparison.Ordinal) == true)
        {
            _firstReconcile.TrySetResult(_since.Elapsed);
        }
    }
}
