using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Tables;
using Firstline.DevServer.Tests.Admission;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Tables;

public sealed class TableRendererTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 19, 2, 45, TimeSpan.Zero);

    [Fact]
    public void Render_fills_printer_columns_as_a_real_server_did()
    {
        JsonObject widget = JsonNode.Parse("""
            {"metadata":{"name":"w1","creationTimestamp":"2026-11-20T19:02:44Z"},
             "spec":{"level":"L1","when":"2026-11-20T18:00:00Z","tags":["x","y"],"o":{"a":1},"ratio":0.25,"replicas":2},
             "status":{"conditions":[{"type":"Ready","status":"True"}]}}
            """)!.AsObject();

        JsonObject table = Render(Recorded.Widget(), widget);

        table.At("rows")![0]!["cells"]!.ToJsonString().Should().Be("""["w1","L1","True",2,"1s","62m","[\u0022x\u0022,\u0022y\u0022]","x","x","{\u0022a\u0022:1}",0]""");
        table.Objects("columnDefinitions").Select(c => c.Text("name")).Should().Equal("Name", "Level", "Ready", "Num", "Age", "When", "Tags", "Tag1", "TagsAll", "Obj", "Ext");
        table.Objects("columnDefinitions").Where(c => c.Integer("priority") == 1).Select(c => c.Text("name")).Should().Equal("Num");
    }

    [Theory]
    [InlineData("Deployment", """{"spec":{"replicas":3},"status":{"readyReplicas":1,"updatedReplicas":2,"availableReplicas":1}}""", """["x","1/3",2,1,"10s"]""")]
    [InlineData("ReplicaSet", """{"spec":{"replicas":3},"status":{"replicas":2}}""", """["x",3,2,0,"10s"]""")]
    [InlineData("StatefulSet", """{"spec":{"replicas":3}}""", """["x","0/3","10s"]""")]
    [InlineData("DaemonSet", """{"status":{"desiredNumberScheduled":3,"numberReady":2}}""", """["x",3,0,2,0,0,"<none>","10s"]""")]
    [InlineData("Job", """{"spec":{"completions":1},"status":{"succeeded":1,"startTime":"2026-11-20T19:00:00Z","completionTime":"2026-11-20T19:00:30Z","conditions":[{"type":"Complete","status":"True"}]}}""", """["x","Complete","1/1","30s","10s"]""")]
    [InlineData("Job", """{"spec":{"parallelism":3},"status":{"startTime":"2026-11-20T19:02:00Z"}}""", """["x","Running","0/1 of 3","45s","10s"]""")]
    [InlineData("CronJob", """{"spec":{"schedule":"* * * * *"},"status":{"lastScheduleTime":"2026-11-20T19:02:00Z"}}""", """["x","* * * * *","<none>","False",0,"45s","10s"]""")]
    [InlineData("Service", """{"spec":{"type":"NodePort","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30001,"protocol":"TCP"}]}}""", """["x","NodePort","10.0.0.1","<none>","80:30001/TCP","10s"]""")]
    [InlineData("Service", """{"spec":{"type":"LoadBalancer","ports":[{"port":80,"protocol":"TCP"}]}}""", """["x","LoadBalancer","<none>","<pending>","80/TCP","10s"]""")]
    [InlineData("ConfigMap", """{"data":{"a":"1"},"binaryData":{"b":"Mg=="}}""", """["x",2,"10s"]""")]
    [InlineData("Secret", """{"type":"Opaque","data":{"a":"MQ=="}}""", """["x","Opaque",1,"10s"]""")]
    [InlineData("Namespace", """{"status":{"phase":"Active"}}""", """["x","Active","10s"]""")]
    [InlineData("Node", """{"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"kubeletVersion":"v1"}}}""", """["x","Ready,SchedulingDisabled","<none>","10s","v1"]""")]
    [InlineData("PodDisruptionBudget", """{"spec":{"maxUnavailable":"50%"},"status":{"disruptionsAllowed":1}}""", """["x","N/A","50%",1,"10s"]""")]
    [InlineData("HorizontalPodAutoscaler", """{"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"},"maxReplicas":5,"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}}]}}""", """["x","Deployment/web","cpu: <unknown>/80%","<unset>",5,0,"10s"]""")]
    [InlineData("PersistentVolumeClaim", """{"spec":{"volumeName":"v","storageClassName":"fast"},"status":{"phase":"Bound","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"]}}""", """["x","Bound","v","1Gi","RWO","fast","<unset>","10s"]""")]
    [InlineData("Lease", """{"spec":{"holderIdentity":"me"}}""", """["x","me","10s"]""")]
    [InlineData("Event", """{"type":"Warning","reason":"BackOff","message":"no","involvedObject":{"kind":"Pod","name":"p"},"lastTimestamp":"2026-11-20T19:00:45Z"}""", """["2m","Warning","BackOff","pod/p","no"]""")]
    [InlineData("RoleBinding", """{"roleRef":{"kind":"Role","name":"r"}}""", """["x","Role/r","10s"]""")]
    public void Render_fills_builtin_columns_as_kubectl_shows_them(string kind, string json, string expected)
    {
        JsonObject value = JsonNode.Parse(json)!.AsObject();
        value["metadata"] = new JsonObject { ["name"] = "x", ["creationTimestamp"] = "2026-11-20T19:02:35Z" };

        JsonObject table = Render(Recorded.Builtin(kind), value);

        int[] shown = [.. table.Objects("columnDefinitions").Select((c, i) => c.Integer("priority") == 0 ? i : -1).Where(i => i >= 0)];
        JsonArray cells = table.At("rows")![0]!["cells"]!.AsArray();
        cells.Count.Should().Be(table.List("columnDefinitions").Count);
        string printed = $"[{string.Join(',', shown.Select(i => Firstline.DevServer.Admission.FieldErrors.Show(cells[i])))}]";
        printed.Should().Be(kind == "Event" ? expected.Replace("[\"2m", "[\"x\",\"2m", StringComparison.Ordinal) : expected);
    }

    [Theory]
    [InlineData("None", "null")]
    [InlineData("Metadata", """{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"x"}}""")]
    [InlineData("Object", """{"metadata":{"name":"x"},"data":{}}""")]
    public void Render_carries_what_is_asked_for(string includeObject, string expected)
    {
        JsonObject value = JsonNode.Parse("""{"metadata":{"name":"x"},"data":{}}""")!.AsObject();
        JsonObject table = new TableRenderer().Render(Recorded.Builtin("ConfigMap"), [value], [], includeObject, Now);
        (table.At("rows")![0]!["object"]?.ToJsonString() ?? "null").Should().Be(expected);
    }

    private static JsonObject Render(KindDefinition kind, JsonObject item) => new TableRenderer().Render(kind, [item], [], "None", Now);
}
