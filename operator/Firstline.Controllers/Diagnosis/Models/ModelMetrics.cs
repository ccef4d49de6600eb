using System.Diagnostics.Metrics;
using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>Instruments of what models are asked.</summary>
internal static class ModelMetrics
{
    private static readonly Meter Meter = new("Firstline.Controllers.Diagnosis.Models");

    private static readonly Counter<long> Questions = Meter.CreateCounter<long>(
        "firstline_model_questions_total", description: "Questions to a model, by what came of them.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "firstline_model_calls_total", description: "Requests to the endpoint of a model.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "firstline_model_tokens_total", description: "Tokens that were sent to a model (input) or came back (output).");

    public static void Concluded(ModelCallRecord record)
    {
        Questions.Add(1, new KeyValuePair<string, object?>("outcome", record.Outcome.ToString()));
        Calls.Add(record.Calls);
        Tokens.Add(record.InputTokens, new KeyValuePair<string, object?>("direction", "input"));
        Tokens.Add(record.OutputTokens, new KeyValuePair<string, object?>("direction", "output"));
    }
}
