using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Firstline.DevServer.Schemas;

/// <summary>All served kinds at one moment, with the ways to find them.</summary>
internal sealed class KindSnapshot
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), KindDefinition> _byPlural;
    private readonly FrozenDictionary<(string ApiVersion, string Kind), KindDefinition> _byKind;

    public KindSnapshot(ImmutableArray<CustomKind> custom)
    {
        Custom = custom;
        All = [.. BuiltinKinds.All.Where(k => !k.IsVirtual).Select(k => k.Definition), .. custom.Select(k => k.Definition)];
        _byPlural = All.ToFrozenDictionary(k => (k.Group, k.Version, k.Plural));
        _byKind = All.ToFrozenDictionary(k => (k.ApiVersion, k.Kind));
    }

    public ImmutableArray<KindDefinition> All { get; }

    public ImmutableArray<CustomKind> Custom { get; }

    public KindDefinition? FindByPlural(string group, string version, string plural) => _byPlural.GetValueOrDefault((group, version, plural));

    public KindDefinition? FindByKind(string apiVersion, string kind) => _byKind.GetValueOrDefault((apiVersion, kind));
}
