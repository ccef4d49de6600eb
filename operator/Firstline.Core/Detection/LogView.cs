using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>One sign of a log, with the objects around its workload.</summary>
/// <param name="Survey">The look at the log.</param>
/// <param name="Sign">What it told.</param>
/// <param name="Around">The objects.</param>
internal sealed record LogView(LogSurveyFacts Survey, LogSign Sign, Surroundings Around)
{
    public TargetRef Subject => Survey.Subject;

    /// <summary>What the workload's template declares; null when it is no workload.</summary>
    public PodDeclaration? Declared => Around.Workloads.FirstOrDefault(w => w.Ref.Kind == Subject.Kind && w.Ref.Name == Subject.Name)?.Declared;

    public LogClue Clue(LogClueKind kind, TargetRef at, string fact) => new(kind, at, Sign, fact);

    /// <summary>Policies that let the workload's pods call nobody on this port; null stands for any port.</summary>
    public IEnumerable<PolicyFacts> Blocking(string? port) =>
        Around.Policies.Where(p => p.IsolatesEgress && p.Pods.Selects(Survey.Labels) && !p.Egress.Any(r => port is null || r.Ports.IsEmpty || r.Ports.Contains(port)));

    /// <summary>True when the line names it as a word of its own.</summary>
    public bool Mentions(string name)
    {
        string line = Sign.Line;
        for (int at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool begins = at == 0 || !IsPart(line[at - 1]);
            bool ends = at + name.Length == line.Length || !IsPart(line[at + name.Length]);
            if (begins && ends)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
