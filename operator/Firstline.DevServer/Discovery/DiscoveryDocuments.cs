using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;

namespace Firstline.DevServer.Discovery;

/// <summary>Answers questions about the API itself. Documents are made at first use and kept until the served kinds change.</summary>
internal sealed class DiscoveryDocuments(KindRegistry registry) : IDiscoveryDocuments
{
    private const string OpenApi = "/openapi/v3";

    private volatile Documents? _documents;

    public JsonObject? Find(string path, string accept)
    {
        KindSnapshot now = registry.Current;
        Documents documents = _documents is { } known && known.Kinds == now ? known : _documents = new Documents(now);
        bool aggregated = path is "/api" or "/apis" && AggregatedDiscovery.IsAskedFor(accept);
        return documents.Find(path, aggregated);
    }

    private sealed class Documents(KindSnapshot kinds)
    {
        private readonly ImmutableArray<ServedResource> _resources = ServedResource.All(kinds);
        private readonly ConcurrentDictionary<(string Path, bool Aggregated), JsonObject> _made = new();

        public KindSnapshot Kinds => kinds;

        public JsonObject? Find(string path, bool aggregated)
        {
            if (_made.TryGetValue((path, aggregated), out JsonObject? known))
            {
                return known;
            }

            return Make(path, aggregated) is { } made ? _made.GetOrAdd((path, aggregated), made) : null;
        }

        private JsonObject? Make(string path, bool aggregated) => path switch
        {
            "/version" => ServerVersion.Document(),
            "/api" when aggregated => AggregatedDiscovery.Document(_resources.Where(r => r.Kind.Group.Length == 0)),
            "/apis" when aggregated => AggregatedDiscovery.Document(_resources.Where(r => r.Kind.Group.Length > 0)),
            "/api" => PlainDiscovery.Versions(),
            "/apis" => PlainDiscovery.Groups(_resources),
            OpenApi => OpenApiDocuments.Index(_resources),
            _ => MakeForGroup(path),
        };

        private JsonObject? MakeForGroup(string path)
        {
            if (path.StartsWith($"{OpenApi}/", StringComparison.Ordinal))
            {
                return OpenApiDocuments.Document(_resources, path[(OpenApi.Length + 1)..]);
            }

            return path.Split('/') switch
            {
                ["", "api", var version] => PlainDiscovery.Resources(_resources, version),
                ["", "apis", var group] => PlainDiscovery.Group(_resources, group),
                ["", "apis", var group, var version] => PlainDiscovery.Resources(_resources, $"{group}/{version}"),
                _ => null,
            };
        }
    }
}
