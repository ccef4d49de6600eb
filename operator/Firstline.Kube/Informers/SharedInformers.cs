using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Informers;

/// <summary>All informers of a process: asking twice for the same query gives the same informer, so that each query is listed and watched once.</summary>
/// <param name="client">The API server.</param>
/// <param name="clock">Source of time.</param>
/// <param name="logs">Where to log.</param>
/// <param name="options">Pages, timeouts, waits between tries.</param>
/// <param name="random">Spreads the waits.</param>
/// <param name="parts">The parts that a query is read in, each with a list and a watch of its own, for an operator that may not read all of it; together they are all
/// that its informer holds. Null: each query is read as it is.</param>
public sealed class SharedInformers(
    IKubeClient client, TimeProvider clock, ILoggerFactory? logs = null, InformerOptions? options = null, Random? random = null,
    Func<ResourceQuery, ImmutableArray<ResourceQuery>>? parts = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceQuery, (IInformer Informer, ImmutableArray<Reflector> Reflectors, object Reading)> _informers = [];
    private readonly List<Task> _running = [];
    private CancellationToken _lifetime;
    private bool _isStarted;

    /// <summary>The informer of all objects of a query, holding the fields that <typeparamref name="T"/> has.</summary>
    /// <exception cref="InvalidOperationException">The query is watched already with another type, or is read in another way.</exception>
    public Informer<T> Get<T>(ResourceQuery query, JsonTypeInfo<T> json)
        where T : class
    {
        Projection<T> projection = Projections.Of(json);
        return Get<T>(query, (bytes, _) => projection(bytes), json);
    }

    /// <summary>The informer of all objects of a query, holding what the projection makes of each.</summary>
    /// <exception cref="InvalidOperationException">The query is watched already with another type, or is read in another way.</exception>
    public Informer<T> Get<T>(ResourceQuery query, Projection<T> projection)
        where T : class => Get<T>(query, (json, _) => projection(json), projection);

    /// <summary>The same, where the projection takes from an object's last value what has not changed.</summary>
    /// <exception cref="InvalidOperationException">The query is watched already with another type, or is read in another way.</exception>
    public Informer<T> Get<T>(ResourceQuery query, Reprojection<T> projection)
        where T : class => Get(query, projection, projection);

    // What is held of each object must not depend on who asks first, so that the same reading has to be asked for each time.
    private Informer<T> Get<T>(ResourceQuery query, Reprojection<T> projection, object reading)
        where T : class
    {
        lock (_gate)
        {
            if (_informers.TryGetValue(query, out (IInformer Informer, ImmutableArray<Reflector> Reflectors, object Reading) known))
            {
                Informer<T> shared = known.Informer as Informer<T> ?? throw new InvalidOperationException(
                    $"{query} is watched already as {known.Informer.GetType().GetGenericArguments()[0].Name}; use that type, each query is watched once");
                return known.Reading.Equals(reading) ? shared : throw new InvalidOperationException(
                    $"{query} is watched already, and read in another way; use that projection, each query is watched once");
            }

            return Add(query, projection, reading);
        }
    }

    private Informer<T> Add<T>(ResourceQuery query, Reprojection<T> projection, object reading)
        where T : class
    {
        ILogger log = logs?.CreateLogger<SharedInformers>() ?? NullLogger<SharedInformers>.Instance;
        Informer<T> informer = new(query, parts?.Invoke(query) ?? [query], projection, log);
        ImmutableArray<Reflector> reflectors =
            [.. informer.Sinks.Select(part => new Reflector(client, part.Query, part.Sink, options ?? new InformerOptions(), clock, random ?? Random.Shared, log))];
        _informers[query] = (informer, reflectors, reading);
        if (_isStarted)
        {
            _running.AddRange(reflectors.Select(r => r.RunAsync(_lifetime)));
        }

        return informer;
    }

    /// <summary>All informers, for readiness checks.</summary>
    public ImmutableArray<IInformer> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _informers.Values.Select(i => i.Informer)];
            }
        }
    }

    /// <summary>Starts all informers, and those that are asked for later at once.</summary>
    public void Start(CancellationToken lifetime)
    {
        lock (_gate)
        {
            if (_isStarted)
            {
                throw new InvalidOperationException("these informers were started already");
            }

            (_isStarted, _lifetime) = (true, lifetime);
            _running.AddRange(_informers.Values.SelectMany(static i => i.Reflectors).Select(r => r.RunAsync(lifetime)));
        }
    }

    /// <summary>Waits until each has its first list.</summary>
    public Task WaitForSyncAsync(CancellationToken ct) => Task.WhenAll(All.Select(i => i.WaitForSyncAsync(ct)));

    /// <summary>After the lifetime ended: waits until all connections are closed.</summary>
    public Task StoppedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_running);
        }
    }

    /// <summary>True when no informer is behind the object as it is given.</summary>
    public bool HaveSeen(ResourceType type, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return HaveSeen([new WrittenObject(type, NamespacedName.Of(metadata), metadata.Uid ?? "", metadata.ResourceVersion ?? "")]);
    }

    /// <summary>True when no informer is behind these writes.</summary>
    internal bool HaveSeen(IEnumerable<WrittenObject> writes)
    {
        ImmutableArray<IInformer> all = All;
        return writes.All(written => all.All(informer => informer.HasSeen(written)));
    }
}
