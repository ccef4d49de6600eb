using System.Globalization;
using System.Text.RegularExpressions;

namespace Firstline.Measure;

/// <summary>Rows about who touches the outside world. They count words in the text: good for trend and order of magnitude, not to the unit.</summary>
internal static partial class EffectRows
{
    public static IEnumerable<Row> Of(Tree tree) => [ServerlessTests(tree), ClientSight(tree), StatusWriters(tree), ClockReads(tree), TestShare(tree)];

    private static Row ServerlessTests(Tree tree)
    {
        int all = Tree.Percent(tree.Tests, file => !NeedsServer().IsMatch(file.Text));
        int core = Tree.Percent(tree.Tests.Where(file => file.Project == "Firstline.Core.Tests"), file => !NeedsServer().IsMatch(file.Text));
        return new("4 test lines that need no API server; Core's", $"{all} %; {core} %", ">= 70 %; 100 %", all >= 70 && core == 100);
    }

    private static Row ClientSight(Tree tree)
    {
        int share = Tree.Percent(tree.In("Firstline.Core", "Firstline.Controllers", "Firstline.Host"), file => SeesClient().IsMatch(file.Text));
        return new("5 lines in files of Core, Controllers and Host that see a client", $"{share} %", "<= 35 %", share <= 35);
    }

    private static Row StatusWriters(Tree tree)
    {
        int places = tree.In("Firstline.Controllers", "Firstline.Host").Sum(file => file.Count(WritesStatus()));
        return new("6 places that write status", places.ToString(CultureInfo.InvariantCulture), "<= 1", places <= 1);
    }

    private static Row ClockReads(Tree tree)
    {
        int reads = tree.Product.Where(file => file.Project is not ("Firstline.Host" or "Firstline.Cli")).Sum(file => file.Count(ReadsClock()));
        return new("7 wall-clock reads outside Host and Cli", reads.ToString(CultureInfo.InvariantCulture), "0", reads == 0);
    }

    private static Row TestShare(Tree tree)
    {
        double share = (double)tree.Tests.Sum(file => file.Lines) / tree.Product.Sum(file => file.Lines);
        return new("11 test lines / source lines", share.ToString("0.00", CultureInfo.InvariantCulture), ">= 1.5", share >= 1.5);
    }

    [GeneratedRegex(@"\b(DevServer\w*|HttpClient|KubeClient|I?ApiServer\w*|Kubectl|TestServer)\b")]
    private static partial Regex NeedsServer();

    [GeneratedRegex(@"\b(I?KubeClient|IKubeWriter|IKubeReader|HttpClient|using Firstline\.Kube\.Client)\b")]
    private static partial Regex SeesClient();

    [GeneratedRegex(@"\.(Apply|Patch|Replace|Update|Write)Status(Async)?\(|[""/]status\?|\b[Ss]ubresource\s*[:=]\s*""status""")]
    private static partial Regex WritesStatus();

    [GeneratedRegex(@"\b(TimeProvider\.System|DateTime(Offset)?\.(Now|UtcNow|Today))\b")]
    private static partial Regex ReadsClock();
}
