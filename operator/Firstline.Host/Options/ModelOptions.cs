using Firstline.Controllers.Diagnosis.Models;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Host.Options;

/// <summary>The model that may refine a diagnosis, and how it is spoken to.</summary>
public sealed record ModelOptions
{
    /// <summary>The longest <see cref="Timeout"/>: a minute before nobody waits for the answer any more.</summary>
    public static readonly TimeSpan LongestTimeout = ModelRefinement.Deadline - TimeSpan.FromMinutes(1);

    public ModelProvider Provider { get; init; }

    /// <summary>Base address of its API; null for the provider's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Its name there.</summary>
    public string? Name { get; init; }

    /// <summary>File with the key to show, read again when it changes; null to show none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file with the authority of its certificate; null for those that the system trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>True to take answers piece by piece, so that what stands between does not end a long wait.</summary>
    public bool Streaming { get; init; }

    /// <summary>How long one question may take, with all requests, retries and looks into the cluster.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(80);

    /// <summary>How long one request may take, to the last byte of its answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What it may cost.</summary>
    public ModelLimits Limits { get; init; } = new();

    /// <summary>True when there is a model to ask.</summary>
    public bool IsOn => Provider != ModelProvider.None;

    /// <summary>What does not fit together, in one sentence; null when all does.</summary>
    public string? Problem => IsOn ? ProblemOfAsking : ProblemOfNotAsking;

    private string? ProblemOfNotAsking =>
        Name is not null || KeyFile is not null || Endpoint is not null
            ? "model.provider is not set, so that no model would be asked: set it to openai or anthropic, or remove the other fields of model"
            : null;

    private string? ProblemOfAsking =>
        Name is null ? "model.name is missing: name the model, as its provider does"
        : KeyFile is null && Endpoint is null ? $"model.keyFile is missing: {SettingText.Of(Provider)}'s own endpoint asks for a key; only an endpoint of yours (model.endpoint) can do without"
        : Limits is { InputPrice: 0, OutputPrice: 0 } and not { MoneyPerIncident: null, MoneyPerDay: null } ? "model.limits in money need model.price.input and model.price.output, or they limit nothing"
        : RequestTimeout > Timeout
            ? $"model.requestTimeout ({SettingText.Of(RequestTimeout)}) must not be longer than model.timeout ({SettingText.Of(Timeout)}): shorten the one or lengthen the other"
        : Timeout > LongestTimeout
            ? $"model.timeout ({SettingText.Of(Timeout)}) must not be longer than {SettingText.Of(LongestTimeout)}: no answer is waited for after that, and it would be paid for all the same"
        : null;
}
