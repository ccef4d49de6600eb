using System.Collections.Immutable;
using Firstline.Controllers.Ports;
using Firstline.Core.Signals;

namespace Firstline.Host.Tests.Signals;

/// <summary>Keeps what it is told; fails from the call on that it is told to fail at.</summary>
internal sealed class FakeIntake(Exception? failure = null, int failFrom = 0) : IIncidentIntake
{
    public ImmutableArray<Signal> Stored { get; private set; } = [];

    public Task ReportAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        if (failure is not null && Stored.Length >= failFrom)
        {
            throw failure;
        }

        Stored = Stored.Add(((IncidentReport.FromOutside)report).Signal);
        return Task.CompletedTask;
    }
}
