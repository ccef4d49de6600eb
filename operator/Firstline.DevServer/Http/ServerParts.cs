using System.Collections.Frozen;
using System.Collections.Immutable;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Discovery;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Routing;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Http.Subresources;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Http.Workers;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;
using Firstline.DevServer.Tables;

namespace Firstline.DevServer.Http;

/// <summary>Puts the server together: the one place that knows all its parts.</summary>
internal sealed class ServerParts
{
    private readonly DevServerOptions options;
    private readonly ILoggerFactory logs;
    private readonly CancellationToken stopping;

    public ServerParts(DevServerOptions options, ImmutableArray<DevUser> users, ObjectStore store, ILoggerFactory logs, CancellationToken stopping)
    {
        this.options = options;
        this.logs = logs;
        this.stopping = stopping;
        Store = store;
        foreach (BuiltinKind kind in BuiltinKinds.All)
        {
            store.Begin(kind.Definition.QualifiedName);
        }

        Tokens = new TokenAuthenticator(users, options.Time);
        Writer = new ObjectWriter(store, new ObjectAdmission(), options.Time);
        Deleter = new ObjectDeleter(store, Writer, options.Time);
        Definitions = new DefinitionKeeper(store, Kinds, Writer, Deleter, options.Time, logs.CreateLogger<DefinitionKeeper>());
        Router = new RequestRouter(
            Tokens, new AccessControl(options.Authorize), Kinds, new DiscoveryDocuments(Kinds), Verbs(), logs.CreateLogger<RequestRouter>());
    }

    public ObjectStore Store { get; }

    public KindRegistry Kinds { get; } = new();

    public TokenAuthenticator Tokens { get; }

    public ObjectWriter Writer { get; }

    public ObjectDeleter Deleter { get; }

    public DefinitionKeeper Definitions { get; }

    public RequestRouter Router { get; }

    /// <summary>Starts what the server does by itself; the task ends when the server stops.</summary>
    public Task RunWorkersAsync() => Task.WhenAll(
        Definitions.RunAsync(stopping),
        new NamespaceCleaner(Store, Kinds, Writer, Deleter, logs.CreateLogger<NamespaceCleaner>()).RunAsync(stopping),
        new GarbageCollector(Store, Kinds, Writer, Deleter, logs.CreateLogger<GarbageCollector>()).RunAsync(stopping));

    private VerbTable Verbs()
    {
        Responder responder = new(new TableRenderer(), options.Time);
        ApplyVerb apply = new(Store, Writer, responder);
        return new VerbTable
        {
            Get = new GetVerb(Store, responder),
            List = new ListVerb(Store, responder),
            Watch = new WatchVerb(Store, responder, options.Time, options.BookmarkInterval, stopping),
            Create = new CreateVerb(Writer, responder),
            Replace = new ReplaceVerb(Store, Writer, responder),
            Patch = new PatchVerb(Writer, apply, responder),
            Delete = new DeleteVerb(Deleter, responder),
            DeleteCollection = new DeleteCollectionVerb(Store, Deleter),
            Scale = new ScaleSubresource(Store, Writer),
            Subresources = new Dictionary<(string, string), IVerb>
            {
                [("pods/log", "GET")] = new LogSubresource(Store, stopping),
                [("pods/binding", "POST")] = new BindingSubresource(Writer, options.Time),
                [("pods/eviction", "POST")] = new EvictionSubresource(Store, Kinds, Writer, Deleter, options.Time),
                [("serviceaccounts/token", "POST")] = new TokenSubresource(Store, Tokens, options.Time),
            }.ToFrozenDictionary(),
            Reviews = new ReviewEndpoint(Tokens, new AccessControl(options.Authorize)),
        };
    }
}
