using System.Globalization;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>Objects as a cluster's own controllers would leave them.</summary>
internal static class Workloads
{
    public static string Time(int secondsAgo) => DateTimeOffset.UtcNow.AddSeconds(-secondsAgo).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A Deployment with a healthy older revision and a newest one, and one pod of the newest, running and ready.</summary>
    public static async Task<string> RolloutAsync(OperatorUnderTest cluster, string name)
    {
        ResourceHeader deployment = await cluster.CreateAsync(BuiltinTypes.Deployments, $$$$"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{{name}}}}"},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"{{{{name}}}}"}},"template":{{{{Template(name, 2, null)}}}}},
             "status":{"observedGeneration":1,"replicas":3,"updatedReplicas":1,"readyReplicas":2,"availableReplicas":2}}
            """);
        return await RolloutAsync(cluster, name, Owner("apps/v1", "Deployment", deployment));
    }

    /// <summary>Two revisions of what the reference names, and one pod of the newest.</summary>
    public static async Task<string> RolloutAsync(OperatorUnderTest cluster, string name, string owner)
    {
        await ReplicaSetAsync(cluster, name, 1, owner, 2);
        ResourceHeader newest = await ReplicaSetAsync(cluster, name, 2, owner, 0);
        string pod = $"{name}-r2-a";
        await cluster.CreateAsync(BuiltinTypes.Pods, $$$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{pod}}}}","labels":{"app":"{{{{name}}}}","pod-template-hash":"r2"},"ownerReferences":[{{{{Owner("apps/v1", "ReplicaSet", newest)}}}}]},
             "spec":{"containers":[{"name":"app","image":"shop/web:2"}]},"status":{{{{Running()}}}}}
            """);
        await cluster.SeesPodAsync(pod, newest.Name);
        return pod;
    }

    public static string CrashLooping(int restarts = 2) => $$$$"""
        {"phase":"Running","conditions":[{"type":"Ready","status":"False","lastTransitionTime":"{{{{Time(5)}}}}"}],
         "containerStatuses":[{"name":"app","image":"shop/web:2","imageID":"x","ready":false,"restartCount":{{{{restarts}}}},
          "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 10s restarting failed container"},"running":null},
          "lastState":{"terminated":{"exitCode":1,"reason":"Error","startedAt":"{{{{Time(4)}}}}","finishedAt":"{{{{Time(2)}}}}"}}}]}
        """;

    public static string Running() => $$$$"""
        {"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"{{{{Time(5)}}}}"}],
         "containerStatuses":[{"name":"app","image":"shop/web:2","imageID":"x","ready":true,"restartCount":0,"lastState":null,
          "state":{"running":{"startedAt":"{{{{Time(5)}}}}"},"waiting":null}}]}
        """;

    public static string Owner(string apiVersion, string kind, ResourceHeader owner) =>
        $$$$"""{"apiVersion":"{{{{apiVersion}}}}","kind":"{{{{kind}}}}","name":"{{{{owner.Name}}}}","uid":"{{{{owner.Uid}}}}","controller":true}""";

    private static Task<ResourceHeader> ReplicaSetAsync(OperatorUnderTest cluster, string name, int revision, string owner, int ready) =>
        cluster.CreateAsync(BuiltinTypes.ReplicaSets, $$$$"""
            {"apiVersion":"apps/v1","kind":"ReplicaSet",
             "metadata":{"name":"{{{{name}}}}-r{{{{revision}}}}","labels":{"app":"{{{{name}}}}","pod-template-hash":"r{{{{revision}}}}"},"annotations":{"deployment.kubernetes.io/revision":"{{{{revision}}}}"},"ownerReferences":[{{{{owner}}}}]},
             "spec":{"replicas":{{{{Math.Max(1, ready)}}}},"selector":{"matchLabels":{"app":"{{{{name}}}}","pod-template-hash":"r{{{{revision}}}}"}},"template":{{{{Template(name, revision, "r" + revision)}}}}},
             "status":{"replicas":{{{{Math.Max(1, ready)}}}},"readyReplicas":{{{{ready}}}}}}
            """);

    private static string Template(string name, int tag, string? hash)
    {
        string label = hash is null ? "" : $",\"pod-template-hash\":\"{hash}\"";
        return $$$$"""{"metadata":{"labels":{"app":"{{{{name}}}}"{{{{label}}}}}},"spec":{"containers":[{"name":"app","image":"shop/web:{{{{tag}}}}"}]}}""";
    }
}
