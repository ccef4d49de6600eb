using Firstline.Benchmarks.Caches;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>What the caches of pods and their ReplicaSets keep alive, which no other load on the machine changes; <c>make cache</c> measures it with 50,000 pods, and resident memory, times and events too.</summary>
public sealed class CacheMemoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Caches_keep_a_quarter_of_the_memory_of_whole_objects_at_most()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(90));
        (CacheFigures projected, CacheFigures whole) = await CacheBenchmark.MeasureAsync(2000, stop.Token);
        output.WriteLine($"projected {projected}\nwhole     {whole}");

        (projected.AllMegabytes / whole.AllMegabytes).Should().BeInRange(0.01, CacheBenchmark.MemoryBar);
    }
}
