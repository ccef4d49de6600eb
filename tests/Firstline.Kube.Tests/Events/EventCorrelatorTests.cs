using Firstline.Kube.Events;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Events;

public sealed class EventCorrelatorTests
{
    private static readonly ObjectReference About = new(PodView.Type, new("shop", "a"), "uid");
    private readonly EventCorrelator _correlator = new();
    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Correlate_counts_a_repeat_on_the_stored_event()
    {
        Correlation first = Store("restarted");
        _now += TimeSpan.FromMinutes(9);
        Correlation again = _correlator.Correlate(Event("restarted"))!;

        first.Series.Should().BeNull();
        again.Series!.Count.Should().Be(1);
    }

    [Fact]
    public void Correlate_starts_anew_when_the_last_is_long_ago()
    {
        Store("restarted");
        _now += TimeSpan.FromMinutes(11);

        _correlator.Correlate(Event("restarted"))!.Series.Should().BeNull();
    }

    [Fact]
    public void Correlate_combines_the_eleventh_similar_message_and_those_after_it()
    {
        for (int i = 0; i < 10; i++)
        {
            Store($"pod {i} restarted").Event.Message.Should().Be($"pod {i} restarted");
        }

        Correlation eleventh = Store("pod 10 restarted");
        Correlation twelfth = Store("pod 11 restarted");
        eleventh.Event.Message.Should().Be("(combined from similar events): pod 10 restarted");
        twelfth.Series.Should().NotBeNull("it counts up on the combined event");
    }

    [Fact]
    public void Correlate_drops_what_is_over_the_budget_of_its_object_and_no_other()
    {
        for (int i = 0; i < 25; i++)
        {
            _correlator.Correlate(Event("restarted")).Should().NotBeNull();
        }

        _correlator.Correlate(Event("restarted")).Should().BeNull();
        _correlator.Correlate(Event("restarted") with { About = About with { Uid = "other" } }).Should().NotBeNull();
        _now += TimeSpan.FromMinutes(5);
        _correlator.Correlate(Event("restarted")).Should().NotBeNull("the budget refills by one in five minutes");
    }

    [Theory]
    [InlineData("while every event is stored", true)]
    [InlineData("while the server refuses them all", false)]
    public void Correlate_remembers_a_bounded_number(string situation, bool isStored)
    {
        for (int i = 0; i < 10_000; i++)
        {
            _now += TimeSpan.FromMilliseconds(1);
            Correlation correlation = _correlator.Correlate(Event("restarted") with { About = About with { Uid = $"{i}" } })!;
            if (isStored)
            {
                _correlator.Stored(correlation.Key, new EventSeries("name", 1, _now, _now));
            }
        }

        _correlator.Kept.Should().BeLessThanOrEqualTo(3 * 4096, situation);
        Correlation last = _correlator.Correlate(Event("restarted") with { About = About with { Uid = "9999" } })!;
        (last.Series is not null).Should().Be(isStored, "what was heard of last is remembered");
    }

    private RecordedEvent Event(string message) => new(About, EventType.Warning, "Restarted", message, _now);

    private Correlation Store(string message)
    {
        Correlation correlation = _correlator.Correlate(Event(message))!;
        _correlator.Stored(correlation.Key, new EventSeries("name", (correlation.Series?.Count ?? 0) + 1, _now, _now));
        return correlation;
    }
}
