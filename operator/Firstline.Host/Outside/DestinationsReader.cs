using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Host.Configuration;
using Firstline.Host.Signals;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Outside;

/// <summary>Reads the destinations file. Whatever does not fit is named with its line.</summary>
internal sealed partial class DestinationsReader
{
    private const int MaxItems = 256;
    private readonly ImmutableArray<ConfigurationProblem>.Builder _problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();

    /// <summary>The destinations, and what is wrong with them in the order of the file; destinations with problems are not to be used.</summary>
    public static (Destinations Destinations, ImmutableArray<ConfigurationProblem> Problems) Read(string yaml)
    {
        DestinationsReader reader = new();
        Destinations read = YamlText.Load(yaml, reader._problems) is { } root ? reader.ReadRoot(root) : Destinations.None;
        return (read, [.. reader._problems.OrderBy(static p => p.Line).ThenBy(static p => p.Column)]);
    }

    private Destinations ReadRoot(YamlNode root)
    {
        YamlFields file = new(root, "the file", _problems, "probes", "webhooks");
        return new(Unique(file, "probes", ReadProbe, static p => p.Name), Unique(file, "webhooks", ReadWebhook, static w => w.Name));
    }

    private ProbeDestination ReadProbe(YamlNode node)
    {
        YamlFields probe = new(node, "a probe", _problems, "name", "url", "authorityFile");
        return new(NameIn(probe), AddressIn(probe, node, HasPlaces.Yes), probe.Text("authorityFile"));
    }

    private WebhookDestination ReadWebhook(YamlNode node)
    {
        YamlFields webhook = new(node, "a webhook", _problems, "name", "url", "keyFile", "authorityFile");
        if (webhook.Node("keyFile") is null)
        {
            webhook.Report("it needs a keyFile, with the key that its calls are signed with");
        }

        return new(NameIn(webhook), AddressIn(webhook, node, HasPlaces.No), webhook.Text("keyFile") ?? "", webhook.Text("authorityFile"));
    }

    private static string NameIn(YamlFields destination)
    {
        if (destination.Node("name") is null)
        {
            destination.Report("it needs a name, which runbooks give");
        }

        return destination.Text("name", Name(), "a name has at most 63 lower-case letters, digits and dashes") ?? "";
    }

    // A place stands for a whole label of a DNS name or a part of the path, never for the host alone: a target's name can't choose where it goes.
    private string AddressIn(YamlFields destination, YamlNode node, HasPlaces places)
    {
        string address = destination.Text("url") ?? "";
        string filled = places == HasPlaces.Yes ? OutsideAddress.Fill(address, "namespace", "name") : address;
        if (OutsideAddress.Problem(address, filled) is { } problem)
        {
            YamlNode at = destination.Node("url") ?? node;
            _problems.Add(new(at.Start.Line, at.Start.Column, problem));
        }

        return address;
    }

    private ImmutableArray<T> Unique<T>(YamlFields file, string list, Func<YamlNode, T> read, Func<T, string> name)
    {
        ImmutableArray<(YamlNode Node, T Item)> all = [.. file.List(list, MaxItems).Select(n => (n, read(n)))];
        foreach ((YamlNode node, T item) in all.GroupBy(i => name(i.Item)).SelectMany(static g => g.Skip(1)))
        {
            _problems.Add(new(node.Start.Line, node.Start.Column, $"{name(item)} is there twice in {list}"));
        }

        return [.. all.Select(static i => i.Item)];
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    /// <summary>Whether names of the target may stand in an address.</summary>
    private enum HasPlaces
    {
        No,
        Yes,
    }
}
