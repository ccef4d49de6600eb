using System.Collections.Immutable;
using Firstline.Controllers.Ports;
using Firstline.Core.Signals;

namespace Firstline.Host.Tests.Signals;

/// <summary>Keeps what it is told, but for the signals that it is told to fail at.</summary>
internal sealed class FakeIntake(Func<Signal, Exception?> failure) : IIncidentIntake
{
    public FakeIntake(Exception? failure = null)
        : this(_ => failure)
    {
    }

    public ImmutableArray<Signal> Stored { get; private set; } = [];

    public Task<IntakeOutcome> ReportAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        Signal signal = ((IncidentReport.FromOutside)report).Signal;
        if (failure(signal) is { } thrown)
        {
            throw thrown;
        }

        if (signal.Target is null)
        {
            return Task.FromResult(IntakeOutcome.NoTarget);
        }

        if (signal.Target.Namespace == "elsewhere")
        {
            return Task.FromResult(IntakeOutcome.NotWatched);
        }

        Stored = Stored.Add(signal);
        return Task.FromResult(IntakeOutcome.Stored);
    }
}
