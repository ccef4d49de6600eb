using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Host.Options;

/// <summary>The options of the model that may refine a diagnosis.</summary>
internal static class ModelSettings
{
    private const int MostCalls = 1_000_000;
    private const int MostTokens = 1_000_000_000;

    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("model-provider", "model.provider", "none|openai|anthropic", "How the model that may refine diagnoses is spoken to: openai for any endpoint with OpenAI's chat completions; with none no model is asked.",
            static o => SettingText.Of(o.Model.Provider), static (o, v) => On(o, m => m with { Provider = SettingValue.OneOf<ModelProvider>(v) })),
        new("model-endpoint", "model.endpoint", "URL", "Base address of its API, such as http://vllm.models:8000/v1; without it the provider's own.",
            static o => o.Model.Endpoint?.ToString() ?? "", static (o, v) => On(o, m => m with { Endpoint = SettingValue.HttpAddress(v) })),
        new("model-name", "model.name", "name", "Name of the model, as its provider gives it.",
            static o => o.Model.Name ?? "", static (o, v) => On(o, m => m with { Name = v })),
        new("model-key-file", "model.keyFile", "file", "File with the key that the provider is shown. A key that is replaced in it is taken without a restart.",
            static o => o.Model.KeyFile ?? "", static (o, v) => On(o, m => m with { KeyFile = v })),
        new("model-authority-file", "model.authorityFile", "file", "PEM file with the authority that issued the certificate of the endpoint; without it those that the system trusts.",
            static o => o.Model.AuthorityFile ?? "", static (o, v) => On(o, m => m with { AuthorityFile = v })),
        new("model-streaming", "model.streaming", "on|off", "Whether answers are taken piece by piece, for proxies that end a connection on which nothing comes.",
            static o => SettingText.Of(o.Model.Streaming), static (o, v) => On(o, m => m with { Streaming = SettingValue.OnOff(v) })),
        new("model-timeout", "model.timeout", "duration", "How long the model may take for one diagnosis, all requests together; at most 9m. The rules' diagnosis never waits for it.",
            static o => SettingText.Of(o.Model.Timeout), static (o, v) => On(o, m => m with { Timeout = SettingValue.PositiveDuration(v) })),
        new("model-request-timeout", "model.requestTimeout", "duration", "How long one request may take, to the last byte of its answer.",
            static o => SettingText.Of(o.Model.RequestTimeout), static (o, v) => On(o, m => m with { RequestTimeout = SettingValue.PositiveDuration(v) })),
        new("model-calls-per-incident", "model.limits.callsPerIncident", "number", "Most requests to the model for one incident.",
            static o => SettingText.Of(o.Model.Limits.CallsPerIncident), static (o, v) => Within(o, l => l with { CallsPerIncident = SettingValue.Number(v, 1, MostCalls) })),
        new("model-tokens-per-incident", "model.limits.tokensPerIncident", "number", "Most tokens for one incident, sent and received together.",
            static o => SettingText.Of(o.Model.Limits.TokensPerIncident), static (o, v) => Within(o, l => l with { TokensPerIncident = SettingValue.Number(v, 1000, MostTokens) })),
        new("model-money-per-incident", "model.limits.moneyPerIncident", "amount", "Most money for one incident, in the currency of the prices; without it no limit of its own.",
            static o => SettingText.Of(o.Model.Limits.MoneyPerIncident), static (o, v) => Within(o, l => l with { MoneyPerIncident = SettingValue.Amount(v) })),
        new("model-calls-per-day", "model.limits.callsPerDay", "number", "Most requests to the model in a day of UTC.",
            static o => SettingText.Of(o.Model.Limits.CallsPerDay), static (o, v) => Within(o, l => l with { CallsPerDay = SettingValue.Number(v, 1, MostCalls) })),
        new("model-tokens-per-day", "model.limits.tokensPerDay", "number", "Most tokens in a day of UTC.",
            static o => SettingText.Of(o.Model.Limits.TokensPerDay), static (o, v) => Within(o, l => l with { TokensPerDay = SettingValue.Number(v, 1000, MostTokens) })),
        new("model-money-per-day", "model.limits.moneyPerDay", "amount", "Most money in a day of UTC; without it no limit of its own.",
            static o => SettingText.Of(o.Model.Limits.MoneyPerDay), static (o, v) => Within(o, l => l with { MoneyPerDay = SettingValue.Amount(v) })),
        new("model-input-price", "model.price.input", "amount", "Price of a million tokens that are sent.",
            static o => SettingText.Of(o.Model.Limits.InputPrice), static (o, v) => Within(o, l => l with { InputPrice = SettingValue.Amount(v) })),
        new("model-output-price", "model.price.output", "amount", "Price of a million tokens that come back.",
            static o => SettingText.Of(o.Model.Limits.OutputPrice), static (o, v) => Within(o, l => l with { OutputPrice = SettingValue.Amount(v) })),
    ];

    private static OperatorOptions Within(OperatorOptions options, Func<ModelLimits, ModelLimits> change) => On(options, m => m with { Limits = change(m.Limits) });

    private static OperatorOptions On(OperatorOptions options, Func<ModelOptions, ModelOptions> change) => options with { Model = change(options.Model) };
}
