using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;

namespace Firstline.Host.Outside;

/// <summary>Probes the destinations of the configuration. The status decides; a body is not read.</summary>
internal sealed class HttpProbe : IHttpProbe, IDisposable
{
    private readonly ImmutableDictionary<string, (ProbeDestination Destination, HttpClient Http)> _destinations;

    /// <exception cref="OperatorStartException">An authority cannot be read.</exception>
    public HttpProbe(ImmutableArray<ProbeDestination> destinations) =>
        _destinations = destinations.ToImmutableDictionary(static d => d.Name, static d => (d, OutsideHttp.Client(d.AuthorityFile)));

    /// <inheritdoc/>
    public async Task<ProbeAnswer> ProbeAsync(string destination, TargetRef target, CancellationToken cancellationToken)
    {
        if (!_destinations.TryGetValue(destination, out (ProbeDestination Destination, HttpClient Http) known))
        {
            return new ProbeAnswer.Unknown("the operator's destinations file has no such probe");
        }

        if (OutsideAddress.For(known.Destination.Address, target.Namespace, target.Name) is not { } address)
        {
            return new ProbeAnswer.Unknown("the target's name is no part of an address");
        }

        try
        {
            using HttpResponseMessage answer = await known.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new ProbeAnswer.Status((int)answer.StatusCode);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeAnswer.Unknown($"{destination}: {OutsideHttp.Why(e)}");
        }
    }

    public void Dispose()
    {
        foreach ((ProbeDestination _, HttpClient http) in _destinations.Values)
        {
            http.Dispose();
        }
    }
}
