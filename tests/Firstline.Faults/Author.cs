using System.Text.Json.Nodes;
using Firstline.Kube.Client;

namespace Firstline.Faults;

/// <summary>Changes ConfigMaps on the server itself, past all faults, as other people do while an operator works.</summary>
internal sealed class Author(IKubeClient direct, string ns, Random random)
{
    private const int Keys = 8;
    private readonly HashSet<string> _present = [];

    /// <summary>One creation, change or deletion.</summary>
    public async Task StepAsync(int number, CancellationToken ct)
    {
        string name = $"k{random.Next(Keys)}";
        if (_present.Add(name))
        {
            await direct.CreateAsync(MapView.Type, ns, Json(name, number), ct);
        }
        else if (random.Next(3) == 0)
        {
            _present.Remove(name);
            await direct.DeleteAsync(MapView.Type, new(ns, name), ct);
        }
        else
        {
            await direct.PatchAsync(MapView.Type, new(ns, name), Patch.Merge(new JsonObject { ["data"] = new JsonObject { ["value"] = $"{number}" } }), ct);
        }
    }

    private static byte[] Json(string name, int number) => System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{"value":"{{{number}}}"}}""");
}
