using System.Collections.Immutable;

namespace Firstline.DevServer.Schemas;

/// <summary>The kinds that are served now: built-in ones, and those of established CustomResourceDefinitions.</summary>
internal interface IKindRegistry
{
    /// <summary>An immutable picture of all served kinds, in discovery order.</summary>
    ImmutableArray<KindDefinition> All { get; }

    /// <summary>Finds by request path; null where the server would answer 404 <c>the server could not find the requested resource</c>.</summary>
    KindDefinition? FindByPlural(string group, string version, string plural);

    /// <summary>Finds by the object's own type; null when it is not served.</summary>
    KindDefinition? FindByKind(string apiVersion, string kind);
}
