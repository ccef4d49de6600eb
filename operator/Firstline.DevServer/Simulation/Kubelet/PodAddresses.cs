using System.Collections.Immutable;
using System.Globalization;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Gives each pod of a node an address that no other pod there has.</summary>
internal sealed class PodAddresses(Cluster cluster)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _last = [];

    public string Next(string network)
    {
        ImmutableHashSet<string?> taken = [.. cluster.Pods.All().Select(pod => pod.Status.Text("podIP"))];
        lock (_gate)
        {
            int number = _last.GetValueOrDefault(network, 1);
            string address;
            do
            {
                number = number >= 254 ? 2 : number + 1;
                address = string.Create(CultureInfo.InvariantCulture, $"{network}.{number}");
            }
            while (taken.Contains(address) && number != _last.GetValueOrDefault(network, 1));
            _last[network] = number;
            return address;
        }
    }
}
