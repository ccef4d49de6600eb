using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>The built-in kinds, and those of the CustomResourceDefinitions that it was last told of.</summary>
internal sealed class KindRegistry : IKindRegistry
{
    private volatile KindSnapshot _current = new([]);

    /// <summary>What is served now; stays as it is when definitions change.</summary>
    public KindSnapshot Current => _current;

    public ImmutableArray<KindDefinition> All => _current.All;

    public KindDefinition? FindByPlural(string group, string version, string plural) => _current.FindByPlural(group, version, plural);

    public KindDefinition? FindByKind(string apiVersion, string kind) => _current.FindByKind(apiVersion, kind);

    /// <summary>Serves the kinds of these definitions and of no others. A definition that is not established, or whose name is already taken, is left out.</summary>
    /// <param name="definitions">All stored <c>apiextensions.k8s.io/v1</c> objects, with the status that <see cref="CrdAcceptance"/> gave them.</param>
    public void SetCustomResources(IEnumerable<JsonObject> definitions)
    {
        ImmutableArray<CustomKind>.Builder kinds = ImmutableArray.CreateBuilder<CustomKind>();
        HashSet<(string, string)> names = [.. BuiltinKinds.All.Select(k => (k.Definition.ApiVersion, k.Definition.Plural))];
        HashSet<(string, string)> types = [.. BuiltinKinds.All.Select(k => (k.Definition.ApiVersion, k.Definition.Kind))];
        IEnumerable<CustomKind> found = definitions.Where(CrdAcceptance.IsEstablished)
            .Select(d => d.DeepClone().AsObject()).SelectMany(CustomKindReader.Read)
            .OrderBy(k => k.Definition.Group, StringComparer.Ordinal).ThenBy(k => k.Definition.Plural, StringComparer.Ordinal);
        foreach (CustomKind kind in found)
        {
            if (names.Add((kind.Definition.ApiVersion, kind.Definition.Plural)) && types.Add((kind.Definition.ApiVersion, kind.Definition.Kind)))
            {
                kinds.Add(kind);
            }
        }

        _current = new KindSnapshot(kinds.ToImmutable());
    }
}
