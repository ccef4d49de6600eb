using System.Collections.Immutable;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Signals;

public sealed class JsonWebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly EventMapping Mapping = new()
    {
        For = new("pager"), Name = new("/title"), Summary = new("/text"), Cause = new("/cause"), Time = new("/at"), Fingerprint = [new("/id")],
        State = new("/state"), Resolved = ["ok", "Closed"], LabelsAt = new("/tags"), Labels = ImmutableSortedDictionary<string, EventText>.Empty.Add("team", new("shop")),
        Target = new(new("Deployment"), new("/ns"), new("/services/0/name")),
    };

    private static readonly SignalRules Rules = new() { Webhooks = [Mapping], Causes = ImmutableSortedDictionary<string, string>.Empty.Add("example.com/Slow", "performance") };

    [Theory]
    [InlineData("all fields", """{"id":1,"title":"Slow","text":"p99 3 s","ns":"shop","services":[{"name":"web"}]}""", "Slow: p99 3 s on Deployment/web, Firing ")]
    [InlineData("an end", """{"id":1,"title":"Slow","state":"CLOSED","at":"2026-11-20T11:00:00Z","ns":"shop","services":[{"name":"web"}]}""", "Slow: Slow was reported on Deployment/web, Resolved ")]
    [InlineData("a state that is no end", """{"id":1,"state":"alerting","ns":"shop","services":[{"name":"web"}]}""", "pager: pager was reported on Deployment/web, Firing ")]
    [InlineData("a published cause", """{"cause":"OOMKilled","ns":"shop","services":[{"name":"web"}]}""", "pager: pager was reported on Deployment/web, Firing OOMKilled")]
    [InlineData("an own cause", """{"cause":"example.com/Slow","ns":"shop","services":[{"name":"web"}]}""", "pager: pager was reported on Deployment/web, Firing example.com/Slow")]
    [InlineData("a cause that nobody knows", """{"cause":"Gremlins","ns":"shop","services":[{"name":"web"}]}""", "pager: pager was reported on Deployment/web, Firing ")]
    [InlineData("a number where a name is expected", """{"ns":"shop","services":[{"name":7}]}""", "pager: pager was reported on Deployment/7, Firing ")]
    [InlineData("an object where a text is expected", """{"title":{"a":1},"ns":"shop","services":[{"name":"web"}]}""", "pager: pager was reported on Deployment/web, Firing ")]
    [InlineData("no namespace", """{"services":[{"name":"web"}]}""", "pager: pager was reported on , Firing ")]
    [InlineData("a name that can't be one", """{"ns":"shop","services":[{"name":"../../etc"}]}""", "pager: pager was reported on , Firing ")]
    [InlineData("no such item of the list", """{"ns":"shop","services":[]}""", "pager: pager was reported on , Firing ")]
    public void Parse_reads_what_the_mapping_names(string situation, string body, string expected)
    {
        Signal read = Read(body);

        $"{read.Name}: {read.Summary} on {read.Target}, {read.State} {read.CauseHint}".Should().Be(expected, situation);
        read.Labels["team"].Should().Be("shop");
    }

    [Theory]
    [InlineData("the same fields in another order", """{"state":"ok","id":1}""", true)]
    [InlineData("another title", """{"id":1,"title":"Other"}""", true)]
    [InlineData("another id", """{"id":2}""", false)]
    [InlineData("no id", """{}""", false)]
    public void The_fingerprint_is_made_of_the_declared_fields(string situation, string other, bool isSame) =>
        (Read("""{"id":1}""").Fingerprint == Read(other).Fingerprint).Should().Be(isSame, situation);

    [Fact]
    public void An_end_is_at_the_time_that_the_event_names_and_otherwise_at_its_arrival()
    {
        Read("""{"state":"ok","at":"2026-11-20T11:00:00Z"}""").EndsAt.Should().Be(Now.AddHours(-1));
        Read("""{"state":"ok","at":"yesterday"}""").EndsAt.Should().Be(Now);
        Read("""{"state":"bad","at":"2026-11-20T11:00:00Z"}""").Should().Match<Signal>(static s => s.StartsAt == Now.AddHours(-1) && s.EndsAt == null);
    }

    [Fact]
    public void Without_a_declared_fingerprint_name_target_and_labels_make_it()
    {
        SignalRules rules = new() { Webhooks = [Mapping with { Fingerprint = [] }] };

        Signal begin = Read("""{"title":"A","ns":"shop","services":[{"name":"web"}],"tags":{"a":"b"},"text":"x"}""", rules);
        Signal end = Read("""{"title":"A","ns":"shop","services":[{"name":"web"}],"tags":{"a":"b"},"text":"y","state":"ok"}""", rules);
        Signal other = Read("""{"title":"A","ns":"shop","services":[{"name":"api"}],"tags":{"a":"b"}}""", rules);

        (end.Fingerprint == begin.Fingerprint, other.Fingerprint == begin.Fingerprint).Should().Be((true, false));
    }

    [Fact]
    public void Hostile_bodies_are_bounded()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));
        string many = $"[{string.Join(',', Enumerable.Repeat("{}", 2001))}]";
        string labels = "{\"tags\":{" + string.Join(',', Enumerable.Range(0, 500).Select(static i => $"\"l{i}\":\"{new string('x', 999)}\"")) + "}}";

        Parse(deep, Rules).Should().BeOfType<WebhookReading.Refused>();
        Parse(many, Rules).Should().BeOfType<WebhookReading.Refused>().Which.Problem.Should().Be("the body has 2001 events and at most 2000 are read; send fewer in one body");
        Parse("""[{"title":"\ud800"}]""", Rules).Should().BeOfType<WebhookReading.Accepted>().Which.Problems.Should().Equal("events[0]: it holds a string that is not valid Unicode");
        Read(labels).Labels.Should().HaveCount(64).And.OnlyContain(static l => l.Value.Length <= 256);
    }

    [Theory]
    [InlineData("the first rule that matches counts", "KubePodCrashLooping", "shop", "OOMKilled", null, "Deployment/web")]
    [InlineData("a prefix", "CheckoutSlow", "shop", "example.com/Slow", "performance", "Deployment/web")]
    [InlineData("a category alone", "Backup", "ops", null, "storage", "Deployment/web")]
    [InlineData("a target by a label", "Lag", "ops", null, null, "StatefulSet/queue")]
    [InlineData("no rule", "Other", "ops", null, null, "Deployment/web")]
    public void Classify_says_cause_category_and_target(string situation, string name, string team, string? cause, string? category, string target)
    {
        SignalRules rules = Rules with
        {
            Alerts =
            [
                new() { Alert = new("KubePodCrashLooping"), Labels = Label("team", "shop"), Cause = Causes.OomKilled },
                new() { Alert = new("KubePod*"), Cause = Causes.BadRollout },
                new() { Alert = new("Checkout*"), Cause = "example.com/Slow" },
                new() { Alert = new("Backup"), Category = "storage" },
                new() { Labels = Label("queue", "*"), Alert = new("Lag"), Target = new(new("StatefulSet"), new("ops"), new("/queue")) },
            ],
        };

        Signal classified = rules.Classify(Alert(name) with { Labels = Alert(name).Labels.Add("team", team).Add("queue", "queue") });

        (classified.CauseHint, classified.Category, classified.Target!.ToString()).Should().Be((cause, category, target), situation);
    }

    [Fact]
    public void Classify_takes_an_own_cause_from_the_label_cause() =>
        Rules.Classify(Alert("A") with { Labels = Alert("A").Labels.Add("cause", "example.com/Slow") })
            .Should().Match<Signal>(static s => s.CauseHint == "example.com/Slow" && s.Category == "performance");

    private static Signal Alert(string name) => new()
    {
        Source = IncidentSource.Alertmanager, Name = name, Fingerprint = "f", State = SignalState.Firing, StartsAt = Now,
        Target = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" },
    };

    private static ImmutableSortedDictionary<string, NamePattern> Label(string name, string value) =>
        ImmutableSortedDictionary<string, NamePattern>.Empty.Add(name, new(value));

    private static Signal Read(string body, SignalRules? rules = null) =>
        Parse(body, rules ?? Rules).Should().BeOfType<WebhookReading.Accepted>().Which.Signals.Should().ContainSingle().Subject;

    private static WebhookReading Parse(string body, SignalRules rules) => JsonWebhook.Parse("pager", Encoding.UTF8.GetBytes(body), rules, Now);
}
