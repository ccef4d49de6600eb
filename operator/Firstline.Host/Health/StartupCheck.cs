using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;

namespace Firstline.Host.Health;

/// <summary>Waits at start until the API server answers, serves the custom resources and lets the operator read what it watches, and says meanwhile what is missing.</summary>
/// <remarks>
/// <c>kubectl apply -k</c> creates definitions and operator at once, and a definition takes a moment to be served; so the operator waits, not
/// ready, instead of crashing into a back-off that grows to minutes. It gives up after a while, so that a wrong set-up is not taken for a slow one.
/// </remarks>
internal sealed partial class StartupCheck(
    IKubeClient client, Uri server, Func<IEnumerable<ResourceQuery>> watched, TimeSpan patience, TimeProvider clock, ILogger<StartupCheck> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly ImmutableArray<ResourceType> Needed = [Incident.Type, Runbook.Type, RemediationRequest.Type, RemediationPolicy.Type];
    private readonly ILogger _log = log;
    private ImmutableArray<ResourceQuery> _forbidden = [];   // at the last try
    private volatile string? _problem = "the API server was not asked yet";

    /// <summary>What is missing, in one sentence; null when nothing is.</summary>
    public string? Problem => _problem;

    /// <exception cref="OperatorStartException">Something is still missing after the patience is over.</exception>
    public async Task WaitAsync(CancellationToken ct)
    {
        long begun = clock.GetTimestamp();
        while (await FindProblemAsync(ct) is { } problem)
        {
            if (problem != _problem)
            {
                _problem = problem;
                LogMissing(problem);
            }

            if (clock.GetElapsedTime(begun) >= patience)
            {
                throw new OperatorStartException(problem);
            }

            await Task.Delay(Pause, clock, ct);
        }

        _problem = null;
    }

    private async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        try
        {
            KubeResponse answer = await client.RawAsync($"/apis/{GroupVersion.ApiVersion}", ct);
            if (answer.ReadTree()["resources"] is not JsonArray kinds)
            {
                return NotAnApiServer;
            }

            HashSet<string?> served = [.. kinds.Select(static k => k is JsonObject && k["name"] is JsonValue name && name.TryGetValue(out string? plural) ? plural : null)];
            return Needed.FirstOrDefault(type => !served.Contains(type.Plural)) is { } missing ? NotInstalled(missing) : await FindForbiddenAsync(ct);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return NotInstalled(Needed[0]);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.MalformedAnswer)
        {
            return NotAnApiServer;
        }
        catch (KubeException e)
        {
            return e.Message;
        }
    }

    private string NotAnApiServer => $"{server} answers, but not as a Kubernetes API server: check the server of the kubeconfig, and the proxy between";

    // One object of each is enough to know: without this, each cache would be refused again and again, and the sentence lost among all of theirs. What was allowed once is not asked for again.
    private async Task<string?> FindForbiddenAsync(CancellationToken ct)
    {
        ImmutableArray<ResourceQuery> asked = _forbidden.IsEmpty ? [.. watched()] : _forbidden;
        bool[] allowed = await Task.WhenAll(asked.Select(query => MayListAsync(query, ct)));
        _forbidden = [.. asked.Where((_, at) => !allowed[at])];
        return _forbidden.IsEmpty
            ? null
            : $"the operator may not list {string.Join(", ", _forbidden.Select(static q => q.ToString()).Distinct().Order(StringComparer.Ordinal))}: {Advice(_forbidden)}";
    }

    private async Task<bool> MayListAsync(ResourceQuery query, CancellationToken ct)
    {
        try
        {
            await client.ProbeAsync(query, ct);
            return true;
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Forbidden)
        {
            return false;
        }
    }

    private static string Advice(ImmutableArray<ResourceQuery> forbidden) =>
        forbidden.All(static q => q.Type.Plural == "secrets") ? "add config/components/secret-names to your overlay, or turn observeSecretNames off"
        : forbidden.Any(static q => q.Namespace.Length > 0) ? "give it the role of config/overlays/namespaced/namespace in each namespace that the option namespaces names"
        : "run kubectl apply -k config/rbac";

    private static string NotInstalled(ResourceType type) =>
        $"the custom resource {type.QualifiedName} is not installed: run kubectl apply -k config/default (or kubectl apply -f crds/)";

    [LoggerMessage(6101, LogLevel.Warning, "Not ready yet: {Problem}")]
    private partial void LogMissing(string problem);
}
