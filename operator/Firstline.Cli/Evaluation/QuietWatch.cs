using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Host;
using Firstline.Kube.Client;

namespace Firstline.Cli.Evaluation;

/// <summary>Waits until an operator has nothing left to do, and lets the time pass that it waits for.</summary>
/// <remarks>
/// Quiet is a state and no length of time: no key waits for a worker or is worked on, the caches hold every incident as the server does, and both twice in a row. What is due
/// within <see cref="Horizon"/> is then waited for on the clock of the case, which costs no time; what is due later is no part of the case. A case states its times relative to its
/// load, so that what has to last a while has lasted already.
/// </remarks>
internal sealed class QuietWatch(FirstlineOperator running, IKubeClient client, EvaluationClock clock)
{
    /// <summary>How long the operator is followed after the load.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(4);

    // Below the time between two bookmarks, so that no watch seems dead because of a jump.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(45);

    /// <summary>The incidents once all is quiet.</summary>
    /// <exception cref="CommandException">The operator stopped.</exception>
    public async Task<ImmutableArray<Incident>> UntilQuietAsync(CancellationToken ct)
    {
        DateTimeOffset end = clock.GetUtcNow() + Horizon;
        while (true)
        {
            ImmutableArray<Incident> incidents = await UntilIdleAsync(ct);
            TimeSpan left = end - clock.GetUtcNow();
            if (running.Load is not { NextDue: { } due } || due > left)
            {
                return incidents;
            }

            TimeSpan step = due > TimeSpan.Zero ? due + TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(1);
            clock.Advance(step < LongestStep ? step : LongestStep);
        }
    }

    private async Task<ImmutableArray<Incident>> UntilIdleAsync(CancellationToken ct)
    {
        string? before = null;
        while (true)
        {
            if (running.Completion.IsCompleted)
            {
                await running.Completion;
                throw new CommandException("the operator stopped before it was quiet") { ExitCode = ExitCodes.Failed };
            }

            ImmutableArray<Incident> incidents = await IncidentsAsync(ct);
            bool isIdle = running.Load is { Keys: 0 } && incidents.All(i => running.HasSeen(Incident.Type, i.Metadata));
            string state = string.Join(' ', incidents.Select(static i => $"{i.Metadata.Uid}@{i.Metadata.ResourceVersion}"));
            if (isIdle && state == before)
            {
                return incidents;
            }

            before = isIdle ? state : null;
            await Task.Delay(Look, TimeProvider.System, ct);
            if (!isIdle && running.Load is { Keys: 0 })
            {
                clock.Advance(Look);   // a cache that lost its watch waits a while before it asks again
            }
        }
    }

    private async Task<ImmutableArray<Incident>> IncidentsAsync(CancellationToken ct)
    {
        List<Incident> found = [];
        await foreach (Incident incident in client.ListAsync(new ResourceQuery(Incident.Type), FirstlineJson.Incident, ct))
        {
            found.Add(incident);
        }

        return [.. found];
    }
}
