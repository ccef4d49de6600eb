using System.Globalization;
using System.Text;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Informers;

public sealed class InformerAllocationTests
{
    private const int Events = 200;

    [Fact]
    public void Event_of_a_large_pod_costs_only_what_the_projection_keeps()
    {
        Projection<PodStatusOnly> status = Projections.Of(TestJson.Default.PodStatusOnly);
        Informer<PodStatusOnly> informer = new(new ResourceQuery(PodView.Type), [new ResourceQuery(PodView.Type)], (json, _) => status(json), NullLogger.Instance);
        IReflectorSink sink = informer.Sinks.Single().Sink;
        sink.BeginList();
        sink.EndList("1");
        byte[][] frames = [.. Enumerable.Range(10, Events + 50).Select(version => Encoding.UTF8.GetBytes(LargePod(version)))];
        frames[0].Length.Should().BeGreaterThan(10_000, "pods with managedFields and annotations are that large");
        Apply(sink, frames.AsSpan(0, 50));   // compiled and warm

        long before = GC.GetAllocatedBytesForCurrentThread();
        Apply(sink, frames.AsSpan(50));
        long perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / Events;

        perEvent.Should().BeLessThan(2048);
    }

    private static void Apply(IReflectorSink sink, ReadOnlySpan<byte[]> frames)
    {
        foreach (byte[] frame in frames)
        {
            sink.Event(WatchEventKind.Modified, frame);
        }
    }

    private static string LargePod(int version)
    {
        string annotations = string.Concat(Enumerable.Range(0, 20).Select(i => $"\"example.org/note-{i}\":\"{new string('x', 200)}\","));
        string managed = string.Concat(Enumerable.Range(0, 80).Select(i => $"{{\"manager\":\"m{i}\",\"fieldsV1\":{{\"f:metadata\":{{\"f:labels\":{{\".\":{{}}}}}}}}}},"));
        return ServerJson.Pod("a", version.ToString(CultureInfo.InvariantCulture))
            .Replace("\"managedFields\":[", "\"annotations\":{" + annotations.TrimEnd(',') + "},\"managedFields\":[" + managed, StringComparison.Ordinal);
    }
}
