using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using Firstline.Core.Signals;
using Firstline.Host.Configuration;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Signals;

/// <summary>Reads the signals file: own causes, rules for alerts, mappings of JSON webhooks and CloudEvents. Whatever does not fit is named with its line.</summary>
internal sealed partial class SignalRulesReader
{
    private const int MaxItems = 1000;
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();
    private ImmutableSortedDictionary<string, string> _causes = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The rules, and what is wrong with them in the order of the file; rules with problems are not to be used.</summary>
    public static (SignalRules Rules, ImmutableArray<ConfigurationProblem> Problems) Read(string yaml)
    {
        SignalRulesReader reader = new();
        SignalRules rules = YamlText.Load(yaml, reader._problems) is { } root ? reader.ReadRoot(root) : SignalRules.None;
        return (rules, [.. reader._problems.OrderBy(static p => p.Line).ThenBy(static p => p.Column)]);
    }

    private SignalRules ReadRoot(YamlNode root)
    {
        YamlFields file = new(root, "the file", _problems, "causes", "alerts", "webhooks", "cloudEvents");
        _causes = file.Map("causes").Where(c => IsOwn(c.Key, c.Value)).ToImmutableSortedDictionary(static c => YamlFields.TextOf(c.Key)!, static c => YamlFields.TextOf(c.Value)!, StringComparer.Ordinal);
        return new()
        {
            Causes = _causes,
            Alerts = [.. file.List("alerts", MaxItems).Select(ReadRule)],
            Webhooks = Unique([.. file.List("webhooks", MaxItems).Select(n => (n, ReadMapping(n, "name")))]),
            CloudEvents = [.. file.List("cloudEvents", MaxItems).Select(n => ReadMapping(n, "type"))],
        };
    }

    private AlertRule ReadRule(YamlNode node)
    {
        YamlFields rule = new(node, "a rule", _problems, "alert", "labels", "cause", "category", "target");
        AlertRule read = new()
        {
            Alert = rule.Text("alert") is { } alert ? new NamePattern(alert) : null,
            Labels = rule.Texts("labels").ToImmutableSortedDictionary(static l => l.Key, static l => new NamePattern(l.Value), StringComparer.Ordinal),
            Cause = Cause(rule),
            Category = rule.Text("category", CategoryName(), "a category has at most 63 lower-case letters, digits and dashes"),
            Target = Target(rule),
        };
        if (read is { Alert: null, Labels.IsEmpty: true })
        {
            rule.Report("it is for no alert: give it alert, labels or both");
        }

        if ((rule.Node("cause") ?? rule.Node("category") ?? rule.Node("target")) is null)
        {
            rule.Report("it says nothing: give it cause, category or target");
        }

        return read;
    }

    private EventMapping ReadMapping(YamlNode node, string key)
    {
        YamlFields mapping = new(node, "a mapping", _problems, key, "events", key == "name" ? "signal" : "name", "summary", "cause", "time", "fingerprint", "state", "resolved", "labels", "target");
        EventMapping read = new()
        {
            For = new(mapping.Text(key, key == "name" ? PathPart() : null, "a name has letters, digits, dashes and dots") ?? ""),
            Events = mapping.Place("events"),
            Name = mapping.Event(key == "name" ? "signal" : "name"),
            Summary = mapping.Event("summary"),
            Cause = mapping.Event("cause"),
            Time = mapping.Place("time"),
            Fingerprint = [.. mapping.List("fingerprint", 16).Select(n => mapping.EventOf("fingerprint", n)).OfType<EventText>()],
            State = mapping.Place("state"),
            Resolved = [.. mapping.List("resolved", 16).Select(YamlFields.TextOf).OfType<string>()],
            LabelsAt = mapping.IsMap("labels") ? null : mapping.Place("labels"),
            Labels = mapping.IsMap("labels") ? mapping.Map("labels").Select(l => (YamlFields.TextOf(l.Key), mapping.EventOf("labels", l.Value)))
                .Where(static l => l is { Item1: not null, Item2: not null }).ToImmutableSortedDictionary(static l => l.Item1!, static l => l.Item2!, StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, EventText>.Empty,
            Target = Target(mapping),
        };
        Check(mapping, read, key);
        return read;
    }

    private static void Check(YamlFields mapping, EventMapping read, string key)
    {
        if (read.For.Written.Length == 0)
        {
            mapping.Report($"it needs a {key}");
        }

        if (read.State is null != read.Resolved.IsEmpty)
        {
            mapping.Report("state and resolved go together: state says where the event tells whether the trouble is over, resolved which texts there say so");
        }
    }

    private SignalTarget? Target(YamlFields owner)
    {
        if (owner.Node("target") is not { } node)
        {
            return null;
        }

        YamlFields target = new(node, "target", _problems, "kind", "namespace", "name");
        EventText? kind = target.Event("kind"), name = target.Event("name");
        if (kind is null || name is null)
        {
            target.Report("a target needs kind and name");
            return null;
        }

        if (!kind.IsPlace && !TargetResolver.Kinds.Contains(kind.Written, StringComparer.OrdinalIgnoreCase))
        {
            target.Report($"there is no kind \"{kind.Written}\" of target{NearestName.Question(kind.Written, TargetResolver.Kinds)}");
        }

        return new(kind, target.Event("namespace"), name);
    }

    private string? Cause(YamlFields rule)
    {
        string? cause = rule.Text("cause");
        if (cause is not null && !Causes.IsKnown(cause) && !_causes.ContainsKey(cause))
        {
            rule.Report($"there is no cause \"{cause}\"{NearestName.Question(cause, Causes.All.Concat(_causes.Keys))}; declare one of your own under causes");
        }

        return cause;
    }

    private bool IsOwn(YamlNode key, YamlNode value)
    {
        string cause = YamlFields.TextOf(key) ?? "";
        string? problem =
            Causes.IsKnown(cause) ? $"{cause} is in the published taxonomy: give your own another name"
            : !Causes.IsLabel(cause) ? $"\"{cause}\" is no name for an own cause: write a domain, / and a word, such as example.com/PaymentProviderDown, with at most 63 letters"
            : YamlFields.TextOf(value) is not { } category || !CategoryName().IsMatch(category) ? $"{cause} needs a category of at most 63 lower-case letters, digits and dashes, such as dependency"
            : null;
        if (problem is not null)
        {
            _problems.Add(new(key.Start.Line, key.Start.Column, problem));
        }

        return problem is null;
    }

    private ImmutableArray<EventMapping> Unique(ImmutableArray<(YamlNode Node, EventMapping Mapping)> mappings)
    {
        foreach ((YamlNode node, EventMapping mapping) in mappings.GroupBy(static m => m.Mapping.For).SelectMany(static g => g.Skip(1)))
        {
            _problems.Add(new(node.Start.Line, node.Start.Column, $"there is a webhook {mapping.For.Written} already"));
        }

        return [.. mappings.Select(static m => m.Mapping)];
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex CategoryName();

    [GeneratedRegex("^[-A-Za-z0-9._]{1,63}$")]
    private static partial Regex PathPart();
}
