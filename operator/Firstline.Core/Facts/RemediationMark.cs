using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>
/// The value of <see cref="AnnotationNames.LastRemediation"/>: <c>REQUEST-UID/STEP[/undone] at=TIME incident=UID runbook=NAMESPACE/NAME</c>. The first word
/// tells a restart whether the step was sent; the rest outlives a request that somebody deletes, for the cooldown and for never trying twice.
/// </summary>
/// <param name="Step">Which step of which request, and whether it was undone.</param>
/// <param name="At">When it was intended; null when not told.</param>
/// <param name="Incident">UID of the incident; empty when not told.</param>
/// <param name="Runbook">Namespace and name of the runbook; empty when not told.</param>
public sealed record RemediationMark(string Step, DateTimeOffset? At, string Incident, string Runbook)
{
    /// <summary>How the first word ends when the step was undone.</summary>
    public const string Undone = "/undone";

    /// <summary>True when the step was undone.</summary>
    public bool IsUndone => Step.EndsWith(Undone, StringComparison.Ordinal);

    /// <summary>Namespace and name of a runbook, as they stand in a mark.</summary>
    public static string NameOf(string? runbookNamespace, string runbook) => $"{runbookNamespace}/{runbook}";

    /// <summary>Reads a mark; what is not understood of it is not told, and null stays null.</summary>
    public static RemediationMark? Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isTimed = DateTimeOffset.TryParse(Word(words, "at="), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at);
        return new(words[0], isTimed ? at : null, Word(words, "incident=") ?? "", Word(words, "runbook=") ?? "");
    }

    /// <summary>The value of the annotation.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Step} at={At:yyyy-MM-dd'T'HH:mm:ss'Z'} incident={Incident} runbook={Runbook}");

    private static string? Word(string[] words, string key) =>
        Array.Find(words, w => w.StartsWith(key, StringComparison.Ordinal)) is { } word ? word[key.Length..] : null;
}
