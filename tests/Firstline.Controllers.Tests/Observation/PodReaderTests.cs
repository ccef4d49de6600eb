using System.Text;
using System.Text.Json.Nodes;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Observation.Reading;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class PodReaderTests
{
    private const string Rich = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-1","namespace":"shop","uid":"u1","resourceVersion":"7","creationTimestamp":"2026-11-20T12:00:00Z",
           "deletionTimestamp":"2026-11-20T12:30:00.5Z","labels":{"app":"web","pod-template-hash":"h"},"annotations":{"a":"b","c":null},
           "ownerReferences":[{"apiVersion":"v1","kind":"X","name":"x","uid":"1"},{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"2","controller":true,"blockOwnerDeletion":true}],
           "managedFields":[{"manager":"kubelet","fieldsV1":{"f:metadata":{"k:{\"name\":\"a\"}":{".":{}}}}}]},
         "spec":{"nodeName":"n1","unknown":{"deep":[1,2]},
           "initContainers":[{"name":"init","image":"i:1"},{"name":"side","image":"s:1","restartPolicy":"Always"}],
           "containers":[{"name":"app","image":"a:1","resources":{"limits":{"memory":"64Mi","cpu":1}},
             "readinessProbe":{"httpGet":{"path":"/"},"initialDelaySeconds":5},"startupProbe":{},"livenessProbe":{"periodSeconds":3,"failureThreshold":2},
             "env":[{"name":"A","value":"x"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"db","key":"url","optional":true}}},{"name":"C","valueFrom":{"configMapKeyRef":{"name":"db","key":"k"}}}],
             "envFrom":[{"configMapRef":{"name":"web-config"}},{"secretRef":{"name":"s","optional":false}}],"volumeMounts":[{"name":"files","mountPath":"/f"},{"name":"sec"}]},
             {"name":"two","image":"b:1","resources":{"limits":{"memory":67108864}}}],
           "volumes":[{"name":"scratch","emptyDir":{"medium":"Memory"}},{"name":"files","projected":{"sources":[{"configMap":{"name":"files"}},{"secret":{"name":"p"}}]}},{"name":"unused","configMap":{"name":"unused"}},{"name":"sec","secret":{"secretName":"s","optional":true}}]},
         "status":{"phase":"Running","reason":"Evicted","message":"a \"word\" of ünicode \ud83d\ude00",
           "conditions":[{"type":"Ready","status":"False","reason":"R","message":"M","lastTransitionTime":"2026-11-20T12:01:00+02:00"},{"type":"Other","status":"odd"}],
           "initContainerStatuses":[{"name":"init","ready":true,"restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed","startedAt":"2026-11-20T12:01:00Z"}}}],
           "containerStatuses":[{"name":"two","ready":true,"restartCount":1,"state":{"running":{"startedAt":"2026-11-20T12:01:00Z"}}},
             {"name":"app","ready":false,"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}},
             "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-20T12:01:00Z"}}}]}}
        """;

    [Theory]
    [InlineData("everything", Rich)]
    [InlineData("nothing", "{}")]
    [InlineData("null", "null")]
    [InlineData("null in every place that may be empty", """{"metadata":{"name":null,"labels":null},"spec":{"containers":null,"volumes":null},"status":{"conditions":null,"phase":null}}""")]
    [InlineData("escaped names", """{"m\u0065tadata":{"na\u006de":"a\tb","labels":{"\u0061":"\u0062"}}}""")]
    [InlineData("members that come twice", """{"spec":{"nodeName":"a","containers":[{"name":"x"}]},"spec":{"nodeName":"b"},"metadata":{"labels":{"a":"1","a":"2"}}}""")]
    public void A_pod_as_servers_write_it_is_read_in_one_pass_and_equal_to_its_records(string situation, string json)
    {
        PodFacts? facts = PodReader.Read(Encoding.UTF8.GetBytes(json), null);

        facts.Should().NotBeNull(situation);
        Dump(facts!).Should().Be(Dump(PodProjection.Read(Encoding.UTF8.GetBytes(json))), situation);
    }

    [Theory]
    [InlineData("a text for a number", """{"status":{"containerStatuses":[{"restartCount":"3"}]}}""")]
    [InlineData("a number for a text", """{"metadata":{"name":3}}""")]
    [InlineData("null for a number", """{"status":{"containerStatuses":[{"restartCount":null}]}}""")]
    [InlineData("null for the owners", """{"metadata":{"ownerReferences":null}}""")]
    [InlineData("null for a container", """{"spec":{"containers":[null]}}""")]
    [InlineData("no time", """{"metadata":{"creationTimestamp":"yesterday"}}""")]
    [InlineData("cut", """{"metadata":{"name":"a"}""")]
    [InlineData("more than an object", "{}{}")]
    [InlineData("no bytes", "")]
    public void What_the_records_refuse_is_refused_with_their_sentence(string situation, string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        PodReader.Read(bytes, null).Should().BeNull(situation);
        Outcome(() => PodProjection.Update(bytes, null)).Should().Be(Outcome(() => PodProjection.Read(bytes)), situation);
    }

    [Fact]
    public void Whatever_is_changed_in_a_pod_both_ways_agree()
    {
        int taken = 0;
        PodFacts before = PodProjection.Read(Encoding.UTF8.GetBytes(Rich));
        for (int seed = 0; seed < 3000; seed++)
        {
            byte[] json = Encoding.UTF8.GetBytes(PodMutations.Of(JsonNode.Parse(Rich)!, new Random(seed)));
            string expected = Outcome(() => PodProjection.Read(json));
            PodFacts? fast = PodReader.Read(json, null), updated = PodReader.Read(json, before);
            taken += fast is null ? 0 : 1;
            (fast is null).Should().Be(updated is null, "seed {0}", seed);
            (fast is null ? expected : Dump(fast)).Should().Be(expected, "seed {0}", seed);
            (updated is null ? expected : Dump(updated)).Should().Be(expected, "seed {0} with a value before", seed);
        }

        taken.Should().BeInRange(1000, 2900, "both outcomes are to be tried");
    }

    [Fact]
    public void What_did_not_change_is_taken_from_before()
    {
        PodFacts before = PodProjection.Update(Encoding.UTF8.GetBytes(Rich), null);

        PodFacts same = PodProjection.Update(Encoding.UTF8.GetBytes(Rich.Replace("\"resourceVersion\":\"7\"", "\"resourceVersion\":\"8\"", StringComparison.Ordinal)), before);
        PodFacts restarted = PodProjection.Update(Encoding.UTF8.GetBytes(Rich.Replace("\"restartCount\":3", "\"restartCount\":4", StringComparison.Ordinal)), before);

        same.Should().BeSameAs(before);
        restarted.Containers[2].RestartCount.Should().Be(4);
        restarted.Containers[3].Should().BeSameAs(before.Containers[3]);
        restarted.Labels.Should().BeSameAs(before.Labels);
        restarted.Ref.Should().BeSameAs(before.Ref);
        (restarted.Conditions == before.Conditions).Should().BeTrue("it is the same array");
    }

    [Fact]
    public void What_pods_of_one_template_have_in_common_is_held_once()
    {
        PodFacts Read(string name) => PodProjection.Update(Encoding.UTF8.GetBytes(Rich.Replace("web-1", name, StringComparison.Ordinal)), null);

        // The pools are everybody's: what another test puts there meanwhile takes a place now and then.
        Enumerable.Range(0, 20).Select(_ => (Read("web-1"), Read("web-2"))).Should().Contain(static pods => ReferenceEquals(pods.Item1.Labels, pods.Item2.Labels));
        Enumerable.Range(0, 20).Select(_ => (Read("web-1"), Read("web-2"))).Should().Contain(static pods => ReferenceEquals(pods.Item1.Controller, pods.Item2.Controller));
    }

    [Fact]
    public void A_change_of_one_field_allocates_next_to_nothing()
    {
        byte[] json = Encoding.UTF8.GetBytes(Rich.Replace("\"restartCount\":3", "\"restartCount\":4", StringComparison.Ordinal));
        PodFacts before = PodProjection.Update(Encoding.UTF8.GetBytes(Rich), null);

        // The pool of texts is everybody's: what another test puts there meanwhile costs this one an instance now and then.
        Enumerable.Range(0, 20).Min(_ => AllocatedBy(() => PodProjection.Update(json, before)))
            .Should().BeLessThan(1536, "an event is to cost less than 2 KiB, and its header and frame are not counted here");
    }

    private static long AllocatedBy(Action action)
    {
        long start = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static string Outcome(Func<PodFacts> read)
    {
        try
        {
            return Dump(read());
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private static string Dump(PodFacts pod) => string.Join(
        '\n',
        [
            $"{pod.Ref.ApiVersion} {pod.Ref} {pod.Ref.Namespace} {pod.Ref.Uid} {pod.Controller}",
            string.Join(',', pod.Labels),
            $"{pod.Phase}|{pod.Reason ?? "-"}|{pod.Message ?? "-"}|{pod.NodeName ?? "-"}|{pod.CreatedAt:O}|{pod.DeletionAt:O}",
            .. pod.Conditions.Select(static c => $"{c}"),
            .. pod.Containers.Select(static c => $"{c} {string.Join(',', c.ConfigReferences)}"),
        ]);
}
