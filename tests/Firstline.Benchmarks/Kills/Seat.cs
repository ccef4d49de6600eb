using System.Collections.Immutable;

namespace Firstline.Benchmarks.Kills;

/// <summary>One of the two places for an operator: whoever runs there shows the same credential. A process that ends is followed by a new one, as a kubelet would do.</summary>
internal sealed class Seat(string context, string credential, string kubeconfig, LeaseTimes lease, Moments moments) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private OperatorProcess _process = OperatorProcess.Start(kubeconfig, null, [.. lease.Options, "--context", context]);
    private Task _following = Task.CompletedTask;
    private bool _isClosed;

    /// <summary>What its operator shows to the API server.</summary>
    public string Credential => credential;

    public string Context => context;

    /// <summary>When the process that runs there now was started, on the clock of <see cref="Moments"/>.</summary>
    public TimeSpan StartedAt { get; private set; } = moments.Now;

    /// <summary>The processes that ended there without having been killed: they lost the lease, or worse.</summary>
    public ImmutableArray<End> Ends { get; private set; } = [];

    /// <summary>Begins to follow each end with a new start.</summary>
    public void Open() => _following = FollowAsync();

    /// <summary><c>kill -9</c> for the process that runs there now.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _process.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            _process.Kill();
        }

        await _following;
    }

    private async Task FollowAsync()
    {
        while (true)
        {
            OperatorProcess ended = _process;
            await ended.EndedAsync();
            lock (_gate)
            {
                if (_isClosed)
                {
                    break;
                }

                if (ended.ExitCode != OperatorProcess.Killed)
                {
                    Ends = Ends.Add(new(ended.ExitCode, ended.Output));
                }

                _process = OperatorProcess.Start(kubeconfig, null, [.. lease.Options, "--context", context]);
                StartedAt = moments.Now;
            }

            await ended.DisposeAsync();
        }

        await _process.DisposeAsync();
    }
}
