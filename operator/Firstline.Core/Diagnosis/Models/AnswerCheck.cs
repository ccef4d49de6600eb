using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Checks a model's answer field by field. What is not of the schema, or names what is not there, is left out with a reason and counted; nothing is repaired.</summary>
internal static class AnswerCheck
{
    /// <summary>Most hypotheses that are taken of one answer.</summary>
    public const int MaxClaims = 4;

    private const int MaxAnswer = 64 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>What is believed of it.</summary>
    public static CheckedAnswer Of(string answer, AnswerScope scope)
    {
        if (answer.Length > MaxAnswer)
        {
            return Refuse($"is longer than {MaxAnswer} characters");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer, Strict);
            return Read(document.RootElement, scope) with { GaveOrders = Texts(document.RootElement).Any(OrderText.IsIn) };
        }
        catch (JsonException)
        {
            return Refuse("is not the JSON document that was asked for") with { GaveOrders = OrderText.IsIn(answer) };
        }
    }

    private static CheckedAnswer Read(JsonElement root, AnswerScope scope)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(static p => p.Name is not ("hypotheses" or "rationale")))
        {
            return Refuse("has fields that were not asked for");
        }

        if (!root.TryGetProperty("hypotheses", out JsonElement list) || list.ValueKind != JsonValueKind.Array
            || !root.TryGetProperty("rationale", out JsonElement rationale) || rationale.ValueKind != JsonValueKind.String)
        {
            return Refuse("lacks the hypotheses or the rationale");
        }

        FaultCount faults = new();
        ImmutableArray<Hypothesis>.Builder claims = ImmutableArray.CreateBuilder<Hypothesis>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (claims.Count == MaxClaims)
            {
                faults.Add(AnswerFault.TooMany);
            }
            else if (new ClaimReader(item, scope, faults).Read() is { } claim)
            {
                claims.Add(claim);
            }
        }

        string? why = ModelWords.Of(rationale.GetString()!, ModelWords.MaxRationale, scope, faults);
        return new() { Claims = claims.ToImmutable(), Rationale = why, Dropped = faults.Told() };
    }

    // Also of what is left out for another reason: that somebody got so far is worth a look.
    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static p => Texts(p.Value).Prepend(p.Name)),
        _ => [],
    };

    private static CheckedAnswer Refuse(string why) => new() { Refused = why };
}
