using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Reads one hypothesis of an answer. What is wrong with it is counted.</summary>
internal sealed class ClaimReader(JsonElement claim, AnswerScope scope, FaultCount faults)
{
    private const int MaxCitations = 16;

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<JsonValueKind>> Fields = new Dictionary<string, ImmutableArray<JsonValueKind>>
    {
        ["cause"] = [JsonValueKind.String],
        ["statement"] = [JsonValueKind.String],
        ["confidence"] = [JsonValueKind.Number],
        ["resource"] = [JsonValueKind.Object],
        ["for"] = [JsonValueKind.Array],
        ["against"] = [JsonValueKind.Array],
        ["prediction"] = [JsonValueKind.String, JsonValueKind.Null],
        ["refutation"] = [JsonValueKind.String, JsonValueKind.Null],
        ["runbook"] = [JsonValueKind.String, JsonValueKind.Null],
        ["nextStep"] = [JsonValueKind.String, JsonValueKind.Null],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The hypothesis; null when it is not taken.</summary>
    public Hypothesis? Read()
    {
        if (ShapeFault() is { } fault)
        {
            return Drop(fault);
        }

        JsonElement resource = claim.GetProperty("resource");
        TargetRef? atFault = scope.Resource(Text(resource, "kind") ?? "", Text(resource, "name") ?? "");
        return NameFault(atFault) is { } wrong ? Drop(wrong) : Cited(atFault!);
    }

    private AnswerFault? NameFault(TargetRef? atFault) =>
        !Causes.IsKnown(Text(claim, "cause")) ? AnswerFault.UnknownCause
        : !claim.GetProperty("confidence").TryGetInt32(out int percent) || percent is < 0 or > 100 ? AnswerFault.BadConfidence
        : atFault is null ? AnswerFault.UnknownResource
        : Text(claim, "runbook") is { } runbook && !scope.Runbooks.Contains((runbook, Text(claim, "cause")!)) ? AnswerFault.UnknownRunbook
        : null;

    private Hypothesis? Cited(TargetRef atFault)
    {
        ImmutableArray<string> speaksFor = Citations("for"), against = [.. Citations("against").Except(speaksFor)];
        if (speaksFor.IsEmpty)
        {
            return Drop(AnswerFault.NothingCited);
        }

        return ModelWords.Of(Text(claim, "statement")!, ModelWords.MaxStatement, scope, faults) is not { } statement ? null : new()
        {
            Cause = Text(claim, "cause")!,
            Statement = statement,
            ConfidencePercent = claim.GetProperty("confidence").GetInt32(),
            Resource = atFault,
            EvidenceFor = speaksFor,
            EvidenceAgainst = against,
            Prediction = Words("prediction"),
            Refutation = Words("refutation"),
            NextStep = NextStep(),
        };
    }

    private string? Words(string field) => Text(claim, field) is { } words ? ModelWords.Of(words, ModelWords.MaxExpectation, scope, faults) : null;

    private string? NextStep()
    {
        string? command = Text(claim, "nextStep") is { } words ? ModelWords.Step(words, scope.Redaction, faults) : null;
        string? runbook = Text(claim, "runbook") is { } name ? string.Create(CultureInfo.InvariantCulture, $"runbook {name} is for such a cause") : null;
        return (command, runbook) is (null, null) ? null : string.Join("; ", new[] { command, runbook }.OfType<string>());
    }

    private ImmutableArray<string> Citations(string field)
    {
        ImmutableArray<string>.Builder ids = ImmutableArray.CreateBuilder<string>();
        foreach (JsonElement citation in claim.GetProperty(field).EnumerateArray().Take(MaxCitations))
        {
            AnswerFault? fault = citation.ValueKind != JsonValueKind.Object || citation.EnumerateObject().Any(static p => p.Name is not ("id" or "quote")) || Text(citation, "id") is not { } id
                ? AnswerFault.WrongShape
                : scope.Evidence.FirstOrDefault(e => e.Id == id) is not { } item ? AnswerFault.UnknownEvidence
                : !StandsIn(citation, item) ? AnswerFault.QuoteNotFound
                : null;
            if (fault is { } why)
            {
                faults.Add(why);
            }
            else
            {
                ids.Add(Text(citation, "id")!);
            }
        }

        return [.. ids.Distinct()];
    }

    // Models fold blanks and change the case of a first letter; anything more is not a quote.
    private static bool StandsIn(JsonElement citation, EvidenceItem item) => !citation.TryGetProperty("quote", out JsonElement quote) || quote.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => Folded(quote.GetString()!) is { Length: > 0 } words && Folded(item.Excerpt).Contains(words, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Endpoints without strict schemas leave out what is null.
    private AnswerFault? ShapeFault() =>
        claim.ValueKind != JsonValueKind.Object ? AnswerFault.WrongShape
        : claim.EnumerateObject().Any(static p => !Fields.ContainsKey(p.Name)) ? AnswerFault.UnknownField
        : Fields.All(f => f.Value.Contains(claim.TryGetProperty(f.Key, out JsonElement value) ? value.ValueKind : JsonValueKind.Null)) ? null
        : AnswerFault.WrongShape;

    private static string? Text(JsonElement owner, string field) =>
        owner.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private Hypothesis? Drop(AnswerFault fault)
    {
        faults.Add(fault);
        return null;
    }
}
