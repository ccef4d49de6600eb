using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Terminal;
using Firstline.Core.Detection;
using Firstline.Kube.Client;

namespace Firstline.Cli.Commands;

/// <summary><c>firstline report</c>: how right detectors and alerts were, by what humans said of their incidents, the worst first.</summary>
internal static class ReportCommand
{
    private const int NameWidth = 40;

    public static Command Create(Screen screen)
    {
        ClusterOptions cluster = new();
        Option<string> since = new("--since") { Description = "How far back incidents count, such as 168h.", DefaultValueFactory = static _ => "168h", HelpName = "duration" };
        Command command = new("report", "Report the false-positive rate of each detector and alert over a week, the worst first; of all namespaces, or of one with -n.") { since };
        cluster.AddTo(command);
        command.SetAction(async (given, ct) =>
        {
            string text = given.GetRequiredValue(since);
            if (!Duration.TryParse(text, out Duration back))
            {
                throw new CommandException($"--since cannot be '{text}': a duration is written as 168h or 30m");
            }

            using KubeClient client = cluster.Connect(given);
            ResourceQuery query = new(Incident.Type, cluster.NamespaceOf(given) ?? "");
            List<Incident> incidents = [];
            await foreach (Incident incident in client.ListAsync(query, FirstlineJson.Incident, ct))
            {
                incidents.Add(incident);
            }

            foreach (string line in Lines(incidents, DateTimeOffset.UtcNow, back.Value))
            {
                screen.Line(line);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>The report on incidents created within <paramref name="back"/> of <paramref name="now"/>.</summary>
    internal static IEnumerable<string> Lines(IEnumerable<Incident> incidents, DateTimeOffset now, TimeSpan back)
    {
        ImmutableArray<Incident> recent = [.. incidents.Where(i => i.Metadata.CreationTimestamp > now - back)];
        ImmutableArray<DetectorScore> scores = DetectorScore.Of(recent);
        int given = recent.Count(static i => i.Spec.Feedback is not null);
        yield return string.Create(CultureInfo.InvariantCulture, $"{recent.Length} incidents in {Duration.From(back)}, {given} with feedback");
        if (scores.IsEmpty)
        {
            yield break;
        }

        yield return Row("DETECTOR OR ALERT", "INCIDENTS", "FALSE", "RATE", "DUPLICATE", "CATEGORY");
        foreach (DetectorScore score in scores)
        {
            yield return Row(
                score.Name, Text(score.Incidents), Text(score.FalsePositives), score.FalsePositiveRate.ToString("P0", CultureInfo.InvariantCulture), Text(score.Duplicates),
                Text(score.WrongCategories));
        }

        yield return scores[0] is { FalsePositives: > 0 } worst
            ? string.Create(CultureInfo.InvariantCulture, $"worst: {worst.Name}, {worst.FalsePositives} of {worst.Incidents} were false positives; what follows from feedback is in spec.feedback of the RemediationPolicy")
            : "nobody called an incident a false positive";
    }

    private static string Row(string name, params ReadOnlySpan<string> figures)
    {
        string line = name.Length > NameWidth ? name[..NameWidth] : name.PadRight(NameWidth);
        foreach (string figure in figures)
        {
            line += figure.PadLeft(11);
        }

        return line;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
