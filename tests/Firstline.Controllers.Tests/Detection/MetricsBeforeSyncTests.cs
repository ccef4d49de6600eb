using System.Diagnostics.Metrics;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Status;
using Firstline.Controllers.Tests.Diagnosis;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>A scraper does not wait until the caches are filled.</summary>
public sealed class MetricsBeforeSyncTests
{
    [Fact]
    public async Task Metrics_are_told_before_the_incidents_are_known()
    {
        await using DevApiServer server = await OperatorUnderTest.StartServerAsync(TimeProvider.System);
        using KubeClient client = new(new ClusterAccess { Server = server.Url, Credentials = new StaticCredentials(new Credential { Token = server.Users[0].Token }) }, TimeProvider.System);
        EventRecorder recorder = new(client, "firstline", "test", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        await using DetectionControllers controllers = new(
            new SharedInformers(client, TimeProvider.System), client, new StatusWriter(client, new AlwaysLeader()), recorder, new NoMetrics(), new OperatorOptions("firstline-system"), TimeProvider.System,
            NullLoggerFactory.Instance);
        using MeterListener scraper = new();
        scraper.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "firstline_false_positive_ratio")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        scraper.Start();

        scraper.Invoking(static s => s.RecordObservableInstruments()).Should().NotThrow();
    }
}
