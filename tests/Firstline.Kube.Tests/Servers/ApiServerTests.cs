using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Servers;

/// <summary>The client against an API server: wire behaviour that a scripted server could only repeat.</summary>
public abstract class ApiServerTests
{
    private static readonly ResourceType Deployments = new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced);

    private protected abstract Task<TestCluster> ConnectAsync();

    private static ConfigMapView Map(string name, string value) =>
        new() { Metadata = new ObjectMeta { Name = name }, Data = ImmutableSortedDictionary<string, string>.Empty.Add("k", value) };

    [SkippableFact]
    public async Task Verbs_create_read_apply_patch_and_delete()
    {
        await using TestCluster cluster = await ConnectAsync();
        KubeClient client = cluster.Client;
        KubeResponse created = await client.CreateAsync(
            ConfigMapView.Type, cluster.Namespace, Map("a", "1"), TestJson.Default.ConfigMapView, Patience.Token);
        created.Key.Should().Be(cluster.Key("a"));
        created.Header.ResourceVersion.Should().NotBeEmpty();

        await client.PatchAsync(
            ConfigMapView.Type, cluster.Key("a"), Patch.Merge(new JsonObject { ["data"] = new JsonObject { ["k"] = "2" } }), Patience.Token);
        (await client.GetAsync(ConfigMapView.Type, cluster.Key("a"), TestJson.Default.ConfigMapView, Patience.Token)).Data!["k"].Should().Be("2");

        JsonArray replace = [new JsonObject { ["op"] = "replace", ["path"] = "/data/k", ["value"] = "3" }];
        await client.PatchAsync(ConfigMapView.Type, cluster.Key("a"), Patch.Json(replace), Patience.Token, new WriteOptions { Mode = WriteMode.DryRun });
        (await client.GetAsync(ConfigMapView.Type, cluster.Key("a"), TestJson.Default.ConfigMapView, Patience.Token)).Data!["k"].Should().Be("2", "a dry run stores nothing");

        Func<Task> delete = () => client.DeleteAsync(ConfigMapView.Type, cluster.Key("a"), Patience.Token, new DeleteOptions { Uid = "another" });
        (await delete.Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.Conflict);
        await client.DeleteAsync(ConfigMapView.Type, cluster.Key("a"), Patience.Token, new DeleteOptions { Uid = created.Header.Uid, Mode = WriteMode.DryRun });
        (await client.FindAsync(ConfigMapView.Type, cluster.Key("a"), TestJson.Default.ConfigMapView, Patience.Token)).Should().NotBeNull("a dry run deletes nothing");
        await client.DeleteAsync(ConfigMapView.Type, cluster.Key("a"), Patience.Token, new DeleteOptions { Uid = created.Header.Uid });
        (await client.FindAsync(ConfigMapView.Type, cluster.Key("a"), TestJson.Default.ConfigMapView, Patience.Token)).Should().BeNull();
    }

    [SkippableFact]
    public async Task Apply_stores_characters_beyond_the_basic_plane_and_control_characters()
    {
        await using TestCluster cluster = await ConnectAsync();

        await cluster.Client.ApplyAsync(ConfigMapView.Type, cluster.Key("a"), Map("a", "it burns 🔥 \u0000\u001b\u0085\u2028"), TestJson.Default.ConfigMapView, Patience.Token);

        (await cluster.Client.GetAsync(ConfigMapView.Type, cluster.Key("a"), TestJson.Default.ConfigMapView, Patience.Token)).Data!["k"].Should().Be("it burns 🔥 \u0000\u001b\u0085\u2028");
    }

    [SkippableFact]
    public async Task Apply_refuses_or_takes_fields_of_another_manager()
    {
        await using TestCluster cluster = await ConnectAsync();
        NamespacedName key = cluster.Key("a");
        Task<KubeResponse> ApplyAsync(string manager, string value, ApplyConflicts conflicts) => cluster.Client.ApplyAsync(
            ConfigMapView.Type, key, TestCluster.Json($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"{{{value}}}"}}"""), Patience.Token,
            new WriteOptions { FieldManager = manager }, conflicts);
        await ApplyAsync("one", "1", ApplyConflicts.Refuse);

        Func<Task> refused = () => ApplyAsync("two", "2", ApplyConflicts.Refuse);
        KubeException conflict = (await refused.Should().ThrowAsync<KubeException>()).Which;
        conflict.Kind.Should().Be(KubeErrorKind.Conflict);
        conflict.Message.Should().StartWith($"cannot apply configmaps {key}:").And.Contain("conflict with \"one\"");

        KubeResponse forced = await ApplyAsync("two", "2", ApplyConflicts.Force);
        forced.Read(TestJson.Default.ConfigMapView).Data!["k"].Should().Be("2");
    }

    [SkippableFact]
    public async Task Errors_carry_the_servers_own_words()
    {
        await using TestCluster cluster = await ConnectAsync();
        Func<Task> get = () => cluster.Client.GetAsync(ConfigMapView.Type, cluster.Key("nope"), Patience.Token);
        KubeException missing = (await get.Should().ThrowAsync<KubeException>()).Which;
        missing.Kind.Should().Be(KubeErrorKind.NotFound);
        missing.Message.Should().Be($"cannot get configmaps {cluster.Key("nope")}: configmaps \"nope\" not found");

        Func<Task> create = () => cluster.Client.CreateAsync(
            ConfigMapView.Type, cluster.Namespace, Map("Not A Name", "1"), TestJson.Default.ConfigMapView, Patience.Token);
        KubeException invalid = (await create.Should().ThrowAsync<KubeException>()).Which;
        invalid.Kind.Should().Be(KubeErrorKind.Invalid);
        invalid.Status!.Details!.Causes.Should().Contain(c => c.Field == "metadata.name");
        invalid.IsTransient.Should().BeFalse();
    }

    [SkippableFact]
    public async Task Scale_and_evict_use_their_subresources()
    {
        await using TestCluster cluster = await ConnectAsync();
        Skip.If(await cluster.HasControllersAsync(), "controllers and kubelets run beside this server: its pods have logs of their own");
        const string template = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"i:1"}]}}""";
        await cluster.Client.CreateAsync(
            Deployments, cluster.Namespace,
            TestCluster.Json("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":""" + template + "}}"),
            Patience.Token);
        await cluster.Client.ScaleAsync(Deployments, cluster.Key("web"), 5, Patience.Token);
        ((int)(await cluster.Client.GetAsync(Deployments, cluster.Key("web"), Patience.Token)).ReadTree()["spec"]!["replicas"]!).Should().Be(5);

        await cluster.Client.CreateAsync(
            PodView.Type, cluster.Namespace,
            TestCluster.Json("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","annotations":{"fake/log":"one\ntwo\nthree\n"}},"spec":{"containers":[{"name":"c","image":"i:1"}]}}"""),
            Patience.Token);
        (await cluster.Client.ReadLogAsync(cluster.Key("p"), new PodLogOptions { TailLines = 1 }, Patience.Token)).Trim().Should().Be("three");
        await cluster.Client.EvictAsync(cluster.Key("p"), Patience.Token, new DeleteOptions { GracePeriod = TimeSpan.Zero, Mode = WriteMode.DryRun });
        (await cluster.Client.GetAsync(PodView.Type, cluster.Key("p"), TestJson.Default.PodView, Patience.Token)).Metadata.DeletionTimestamp.Should().BeNull("a dry run evicts nothing");
        await cluster.Client.EvictAsync(cluster.Key("p"), Patience.Token, new DeleteOptions { GracePeriod = TimeSpan.Zero });
        PodView? pod = await cluster.Client.FindAsync(PodView.Type, cluster.Key("p"), TestJson.Default.PodView, Patience.Token);
        (pod is null || pod.Metadata.DeletionTimestamp is not null).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Informer_lists_in_pages_watches_and_sees_deletions()
    {
        await using TestCluster cluster = await ConnectAsync();
        for (int i = 0; i < 7; i++)
        {
            await CreateAsync(cluster, $"m{i}");
        }

        using CancellationTokenSource lifetime = new();
        SharedInformers informers = new(cluster.Client, TimeProvider.System, null, new InformerOptions { PageSize = 3 });
        Informer<ConfigMapView> informer = informers.Get(new ResourceQuery(ConfigMapView.Type, cluster.Namespace), TestJson.Default.ConfigMapView);
        Channel<ResourceChange<ConfigMapView>> changes = Channel.CreateUnbounded<ResourceChange<ConfigMapView>>();
        informer.AddHandler(change => changes.Writer.TryWrite(change));
        informers.Start(lifetime.Token);
        await informers.WaitForSyncAsync(Patience.Token);
        informer.List().Where(m => m.Metadata.Name.StartsWith('m')).Should().HaveCount(7);

        await CreateAsync(cluster, "late");
        await UntilAsync(changes, c => c.Key.Name == "late" && c.New is not null);
        await cluster.Client.DeleteAsync(ConfigMapView.Type, cluster.Key("late"), Patience.Token);
        await UntilAsync(changes, c => c.Key.Name == "late" && c.IsDeleted);
        informer.Find(cluster.Key("late")).Should().BeNull();

        List<string> listed = [];
        await foreach (ConfigMapView map in cluster.Client.ListAsync(informer.Query, TestJson.Default.ConfigMapView, Patience.Token))
        {
            listed.Add(map.Metadata.Name);
        }

        listed.Should().BeEquivalentTo(informer.List().Select(m => m.Metadata.Name));
        await lifetime.CancelAsync();
        await informers.StoppedAsync();
    }

    [SkippableFact]
    public async Task Leader_hands_over_at_once_when_it_stops()
    {
        await using TestCluster cluster = await ConnectAsync();
        LeaderElector Elector(string identity) => new(
            cluster.Client, new LeaderElectionOptions { Lease = cluster.Key("op"), Identity = identity, RetryPeriod = TimeSpan.FromMilliseconds(50) },
            TimeProvider.System, NullLogger<LeaderElector>.Instance);
        using CancellationTokenSource firstStop = new();
        using CancellationTokenSource secondStop = new();
        TaskCompletionSource firstLeads = new();
        TaskCompletionSource secondLeads = new();
        LeaderElector first = Elector("one");
        LeaderElector second = Elector("two");
        Task firstRun = first.RunAsync(term => LeadAsync(firstLeads, term), firstStop.Token);
        await firstLeads.Task.WaitAsync(Patience.Limit);
        Task secondRun = second.RunAsync(term => LeadAsync(secondLeads, term), secondStop.Token);
        second.Invoking(e => e.EnsureLeader()).Should().Throw<NotLeaderException>();

        await firstStop.CancelAsync();
        await firstRun;
        first.IsLeader.Should().BeFalse();
        await secondLeads.Task.WaitAsync(Patience.Limit);   // far less than the 15 s that the lease would last
        second.IsLeader.Should().BeTrue();
        await secondStop.CancelAsync();
        await secondRun;
    }

    [SkippableFact]
    public async Task Events_are_stored_once_and_counted()
    {
        await using TestCluster cluster = await ConnectAsync();
        KubeResponse map = await CreateAsync(cluster, "a");
        EventRecorder recorder = new(cluster.Client, "tests", "tests-1", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        ObjectReference about = new(ConfigMapView.Type, map.Key, map.Header.Uid);
        recorder.Record(about, EventType.Warning, "Drifted", "data.k differs");
        recorder.Record(about, EventType.Warning, "Drifted", "data.k differs");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await recorder.RunAsync(stop.Token, Patience.Token);

        ResourceType events = new("", "v1", "Event", "events", ResourceScope.Namespaced);
        JsonNode list = JsonNode.Parse((await cluster.Client.GetAsync(events, new(cluster.Namespace, ""), Patience.Token)).Text)!;
        JsonNode stored = list["items"]!.AsArray().Should().ContainSingle().Subject!;
        stored["count"]!.GetValue<int>().Should().Be(2);
        stored["involvedObject"]!["uid"]!.GetValue<string>().Should().Be(map.Header.Uid);
    }

    private static Task<KubeResponse> CreateAsync(TestCluster cluster, string name) => cluster.Client.CreateAsync(
        ConfigMapView.Type, cluster.Namespace, Map(name, "1"), TestJson.Default.ConfigMapView, Patience.Token);

    private static async Task LeadAsync(TaskCompletionSource started, CancellationToken term)
    {
        started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, term).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task UntilAsync<T>(Channel<ResourceChange<T>> changes, Func<ResourceChange<T>, bool> match)
        where T : class
    {
        await foreach (ResourceChange<T> change in changes.Reader.ReadAllAsync(Patience.Token))
        {
            if (match(change))
            {
                return;
            }
        }
    }
}
