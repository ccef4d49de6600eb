using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using Firstline.Kube;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Diagnosis.Models;

/// <summary>What a model may look up for one question: objects of the target's namespace and the nodes that its pods run on. Reads only, never a Secret, and each answer is bounded.</summary>
/// <param name="target">The incident's target with what lies around it.</param>
/// <param name="question">Number of the question, from which the ids of what is looked up are made.</param>
/// <param name="sources">Where it is read.</param>
internal sealed class ModelLookUps(Situation target, int question, ModelSources sources) : IModelTools
{
    private const int MaxCalls = 24;
    private const int MaxItems = 64;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    private readonly Lock _gate = new();
    private ImmutableArray<EvidenceItem> _seen = [];
    private ImmutableArray<string> _suspicious = [];
    private int _calls;

    /// <inheritdoc/>
    public ImmutableArray<ModelTool> Tools => sources.Tools;

    /// <summary>All that was looked up, each with its id.</summary>
    public ImmutableArray<EvidenceItem> Seen
    {
        get
        {
            lock (_gate)
            {
                return _seen;
            }
        }
    }

    /// <summary>Sources of what was looked up and gives orders to its reader or hides something.</summary>
    public ImmutableArray<string> Suspicious
    {
        get
        {
            lock (_gate)
            {
                return _suspicious;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<string> CallAsync(string name, string argumentsJson, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) > MaxCalls)
        {
            return $"No more than {MaxCalls} look-ups: answer with what you have.";
        }

        try
        {
            using JsonDocument arguments = JsonDocument.Parse(argumentsJson, Strict);
            return arguments.RootElement.ValueKind != JsonValueKind.Object ? "The arguments are not a JSON object."
                : await FindAsync(name, arguments.RootElement, cancellationToken) switch
                {
                    { Found: { Items.IsEmpty: false } found } => Numbered(found).ToJson(sources.Redaction),
                    { Found: not null } => "Nothing of that kind is there.",
                    { Sentence: var sentence } => sentence,
                };
        }
        catch (JsonException)
        {
            return "The arguments are not a JSON object.";
        }
        catch (Exception e) when (e is KubeException or TransientException)
        {
            return "It can't be read now.";
        }
    }

    private async Task<Answer> FindAsync(string name, JsonElement arguments, CancellationToken ct)
    {
        string? kind = Text(arguments, "kind");
        return name switch
        {
            ModelToolCatalogue.List when kind is not null => new(LookUp.List(target, kind, sources.Now, sources.Redaction), ""),
            ModelToolCatalogue.Logs => await LogsAsync(arguments, ct),
            ModelToolCatalogue.Get => With(arguments, s => LookUp.Of(s, sources.Now, sources.Redaction)),
            ModelToolCatalogue.Past => With(arguments, s => LookUp.Past(sources.PastOf(s.Subject), sources.Redaction)),
            ModelToolCatalogue.Events => Object(arguments) is { } s ? new(LookUp.Events(await sources.Reader.EventsAsync(Named(s, arguments), ct), sources.Redaction), "") : Refused,
            ModelToolCatalogue.Query when sources.HasMetrics => Object(arguments) is { } s
                ? new(await sources.Traffic.ReadAsync(s, ct) is { } traffic ? LookUp.Traffic(traffic, sources.Now, sources.Redaction) : new([], []), "") : Refused,
            ModelToolCatalogue.List => new(null, "The argument kind is missing."),
            _ => new(null, $"There is no such tool; there are: {string.Join(", ", Tools.Select(static t => t.Name))}."),
        };
    }

    private static Answer Refused => new(null, "That object may not be looked at, or does not exist: give kind and name of one in the namespace of the incident, or of a node that its pods run on.");

    private Answer With(JsonElement arguments, Func<Situation, Found> find) => Object(arguments) is { } situation ? new(find(situation), "") : Refused;

    private async Task<Answer> LogsAsync(JsonElement arguments, CancellationToken ct)
    {
        string pod = Text(arguments, "pod") ?? "", container = Text(arguments, "container") ?? "";
        ContainerRun run = arguments.TryGetProperty("previous", out JsonElement previous) && previous.ValueKind == JsonValueKind.True ? ContainerRun.Previous : ContainerRun.Current;
        PodFacts? found = Observed("Pod", pod)?.Pods.FirstOrDefault(p => p.Ref.Name == pod);
        return found?.Containers.FirstOrDefault(c => c.Name == container) is not { } facts
            ? new(null, "There is no such container in a pod of the incident's namespace.")
            : new(await sources.Reader.LogAsync(found, facts, run, ct) is { Lines.IsEmpty: false } log ? LookUp.Log(log, sources.Now, sources.Redaction) : new([], []), "");
    }

    private Situation? Object(JsonElement arguments) => Text(arguments, "kind") is { } kind && Text(arguments, "name") is { } name ? Observed(kind, name) : null;

    private Situation? Observed(string kind, string name)
    {
        TargetRef wanted = RootFinder.WithApiVersion(new() { Kind = kind, Name = name });
        wanted = wanted with { Namespace = TargetScope.IsClusterScoped(wanted.Kind) ? null : target.Subject.Namespace };
        return ShellWord.IsPlain(name) && BuiltinTypes.Find(wanted.Kind) is not null && IsInReach(wanted) && sources.Situations.Observe(wanted) is { Exists: true } observed
            ? sources.Situations.LookAround(observed) : null;
    }

    // Of objects of the cluster only the target itself, and nodes that its pods run on.
    private bool IsInReach(TargetRef wanted) => TargetScope.IsClusterScoped(wanted.Kind)
        ? (wanted.Kind, wanted.Name) == (target.Subject.Kind, target.Subject.Name) || (wanted.Kind == "Node" && target.Pods.Any(p => p.NodeName == wanted.Name))
        : wanted.Namespace is not null && wanted.Kind != "Secret";

    // A pod is observed with its workload, and its Events are its own.
    private static TargetRef Named(Situation situation, JsonElement arguments) =>
        Text(arguments, "kind") is "Pod" && situation.Pods.FirstOrDefault(p => p.Ref.Name == Text(arguments, "name")) is { } pod ? pod.Ref : situation.Subject;

    private Found Numbered(Found found)
    {
        lock (_gate)
        {
            ImmutableArray<EvidenceItem> room = [.. found.Items.Take(MaxItems - _seen.Length)];
            ImmutableArray<EvidenceItem> numbered = [.. room.Select((item, at) => item with { Id = LookUp.IdOf(question, _seen.Length + at + 1) })];
            _seen = _seen.AddRange(numbered);
            _suspicious = [.. _suspicious.Concat(found.Suspicious).Distinct()];
            return found with { Items = numbered };
        }
    }

    private static string? Text(JsonElement owner, string field) => owner.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private readonly record struct Answer(Found? Found, string Sentence);
}
