using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Admission;

public sealed class BuiltinAdmissionTests
{
    private const string Template = """{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"x:1"}]}}""";

    private static string Workload(string more = "") => $$$"""{"selector":{"matchLabels":{"a":"b"}},"template":{{{Template}}}{{{more}}} }""";

    [Theory]
    [InlineData("Deployment", "spec.strategy", """{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""")]
    [InlineData("Deployment", "spec.progressDeadlineSeconds", "600")]
    [InlineData("Deployment", "spec.template.spec.terminationGracePeriodSeconds", "30")]
    [InlineData("StatefulSet", "spec.updateStrategy", """{"type":"RollingUpdate","rollingUpdate":{"partition":0}}""")]
    [InlineData("DaemonSet", "spec.updateStrategy.rollingUpdate", """{"maxUnavailable":1,"maxSurge":0}""")]
    public void Admit_fills_in_what_a_cluster_fills_in(string kind, string path, string expected)
    {
        JsonObject stored = Admit(kind, Workload()).Object;
        stored.At(path.Split('.'))!.ToJsonString().Should().Be(expected);
    }

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("reg:5000/busybox", "Always")]
    [InlineData("busybox:1.36", "IfNotPresent")]
    [InlineData("busybox@sha256:abc", "IfNotPresent")]
    public void Admit_pulls_latest_images_always(string image, string policy)
    {
        JsonObject pod = Admit("Pod", $$"""{"containers":[{"name":"c","image":"{{image}}"}]}""").Object;
        pod.Objects("spec", "containers").Single().Text("imagePullPolicy").Should().Be(policy);
    }

    [Fact]
    public void Admit_prepares_a_new_pod()
    {
        JsonObject pod = Admit("Pod", """{"containers":[{"name":"c","image":"x","resources":{"limits":{"cpu":"0.5","memory":1024}}}]}""").Object;
        pod.Text("status", "phase").Should().Be("Pending");
        pod.Text("status", "qosClass").Should().Be("Guaranteed");
        pod.Objects("spec", "containers").Single().Fields("resources")!.ToJsonString()
            .Should().Be("""{"limits":{"cpu":"500m","memory":"1024"},"requests":{"cpu":"500m","memory":"1024"}}""");
    }

    [Fact]
    public void Admit_ties_a_new_job_to_its_pods()
    {
        JsonObject job = Admit("Job", """{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}}""", uid: "u1").Object;
        job.Text("spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid").Should().Be("u1");
        job.Text("spec", "template", "metadata", "labels", "job-name").Should().Be("x");
    }

    [Theory]
    [InlineData("negative replicas", "Deployment", """,\"replicas\":-1""", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("unknown policy", "Deployment", """,\"strategy\":{\"type\":\"Fast\"}""", "spec.strategy.type: Unsupported value: \"Fast\": supported values: \"Recreate\", \"RollingUpdate\"")]
    [InlineData("recreate with limits", "Deployment", """,\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":{\"maxSurge\":1}}""", "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData("no way forward", "Deployment", """,\"strategy\":{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":0}}""", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0")]
    public void Admit_refuses_workloads(string situation, string kind, string more, string cause) =>
        Causes(Admit(kind, Workload(more.Replace("\\", "", StringComparison.Ordinal)))).Should().Equal([cause], situation);

    [Theory]
    [InlineData("a selector that does not match", "Deployment", """{"selector":{"matchLabels":{"a":"z"}},"template":TEMPLATE}""", "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`")]
    [InlineData("no containers", "Pod", """{"containers":[]}""", "spec.containers: Required value")]
    [InlineData("no image", "Pod", """{"containers":[{"name":"c"}]}""", "spec.containers[0].image: Required value")]
    [InlineData("two of a name", "Pod", """{"containers":[{"name":"c","image":"x"},{"name":"c","image":"x"}]}""", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("more asked for than allowed", "Pod", """{"containers":[{"name":"c","image":"x","resources":{"requests":{"memory":"2Gi"},"limits":{"memory":"1Gi"}}}]}""", "spec.containers[0].resources.requests: Invalid value: \"2Gi\": must be less than or equal to memory limit of 1Gi")]
    [InlineData("a mount without a volume", "Pod", """{"containers":[{"name":"c","image":"x","volumeMounts":[{"name":"v","mountPath":"/v"}]}]}""", "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("a job that restarts always", "Job", """{"template":{"spec":{"containers":[{"name":"c","image":"x"}]}}}""", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData("a schedule of four fields", "CronJob", """{"schedule":"* * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}}}}""", "spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields, found 4: [* * * *]")]
    [InlineData("a service without ports", "Service", "{}", "spec.ports: Required value")]
    [InlineData("a budget of both sorts", "PodDisruptionBudget", """{"minAvailable":1,"maxUnavailable":1}""", "spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and maxUnavailable cannot be both set")]
    [InlineData("an autoscaler without room", "HorizontalPodAutoscaler", """{"scaleTargetRef":{"kind":"Deployment","name":"x"},"minReplicas":3,"maxReplicas":2}""", "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`")]
    public void Admit_refuses(string situation, string kind, string spec, string cause) =>
        Causes(Admit(kind, spec.Replace("TEMPLATE", Template, StringComparison.Ordinal))).Should().Equal([cause], situation);

    [Theory]
    [InlineData("a selector", "Deployment", "spec.selector.matchLabels.z", "spec.selector: Invalid value:")]
    [InlineData("a pod's node", "Pod", "spec.hostname", "spec: Forbidden: pod updates may not change fields other than")]
    [InlineData("a job's template", "Job", "spec.template.metadata.labels.z", "spec.template: Invalid value:")]
    [InlineData("a stateful set's service", "StatefulSet", "spec.serviceName", "spec: Forbidden: updates to statefulset spec for fields other than")]
    [InlineData("a name", "Deployment", "metadata.uid", "metadata.uid: Invalid value: \"v\": field is immutable")]
    public void Admit_refuses_to_change(string what, string kind, string path, string cause)
    {
        string spec = kind switch
        {
            "Pod" => """{"containers":[{"name":"c","image":"x"}]}""",
            "Job" => """{"template":{"metadata":{"labels":{}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"x"}]}}}""",
            _ => Workload(),
        };
        JsonObject before = Admit(kind, spec).Object;
        JsonObject after = before.DeepClone().AsObject();
        string[] names = path.Split('.');
        JsonObject parent = after;
        foreach (string name in names[..^1])
        {
            parent = parent.Section(name);
        }

        parent[names[^1]] = "v";

        AdmissionResult result = new ObjectAdmission().Admit(Recorded.Builtin(kind), before, after, FieldValidation.Strict, null);

        Causes(result).Should().Contain(c => c.StartsWith(cause, StringComparison.Ordinal), what);
    }

    [Fact]
    public void Admit_lets_a_pods_image_and_tolerations_change()
    {
        JsonObject before = Admit("Pod", """{"containers":[{"name":"c","image":"x"}]}""").Object;
        JsonObject after = before.DeepClone().AsObject();
        after["spec"]!["containers"]![0]!["image"] = "y";
        after["spec"]!["tolerations"]!.AsArray().Add(new JsonObject { ["operator"] = "Exists" });
        Causes(new ObjectAdmission().Admit(Recorded.Builtin("Pod"), before, after, FieldValidation.Strict, null)).Should().BeEmpty();
    }

    [Fact]
    public void Admit_says_nothing_of_a_secrets_values()
    {
        KindDefinition kind = Recorded.Builtin("Secret");
        JsonObject before = new() { ["metadata"] = new JsonObject { ["name"] = "s" }, ["type"] = "Opaque", ["immutable"] = true, ["data"] = new JsonObject { ["a"] = "b2xk" } };
        JsonObject after = before.DeepClone().AsObject();
        after["data"]!["a"] = "bmV3";
        Causes(new ObjectAdmission().Admit(kind, before, after, FieldValidation.Strict, null)).Should().Equal("data: Forbidden: field is immutable when `immutable` is set");
    }

    [Fact]
    public void Admit_keeps_a_custom_resources_fixed_fields()
    {
        JsonObject before = JsonNode.Parse("""{"metadata":{"name":"w"},"spec":{"level":"L1","fixed":"a","fixed2":"b"}}""")!.AsObject();
        JsonObject after = JsonNode.Parse("""{"metadata":{"name":"w"},"spec":{"level":"L1","fixed":"c","fixed2":"d"}}""")!.AsObject();
        Causes(new ObjectAdmission().Admit(Recorded.Widget(), before, after, FieldValidation.Strict, null)).Should().BeEquivalentTo(
            "spec.fixed: Invalid value: \"c\": fixed is immutable", "spec.fixed2: Invalid value: \"d\": failed rule: self == oldSelf");
        before["spec"]!.AsObject().Remove("fixed");
        before["spec"]!.AsObject().Remove("fixed2");
        Causes(new ObjectAdmission().Admit(Recorded.Widget(), before, after, FieldValidation.Strict, null)).Should().BeEmpty("a field may be set once");
    }

    [Fact]
    public void Admit_words_a_wrong_status_as_the_status_subresource_does()
    {
        JsonObject value = JsonNode.Parse("""{"metadata":{"name":"w"},"spec":{"level":"L1"},"status":{"selector":1}}""")!.AsObject();
        Causes(new ObjectAdmission().Admit(Recorded.Widget(), value.DeepClone().AsObject(), value, FieldValidation.Warn, "status"))
            .Should().StartWith("status.selector: Invalid value: \"integer\": selector in body must be of type string: \"integer\"");
    }

    [Theory]
    [InlineData("0.5", "500m")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1000m", "1")]
    [InlineData("100.00", "100")]
    [InlineData("1500m", "1500m")]
    [InlineData("1e3", "1e3")]
    [InlineData("0", "0")]
    [InlineData("nonsense", "nonsense")]
    public void Canonical_writes_quantities_as_the_server_does(string text, string expected) => Quantity.Canonical(text).Should().Be(expected);

    private static IEnumerable<string> Causes(AdmissionResult result) => result.Causes.Select(c => $"{c.Field}: {c.Message}");

    private static AdmissionResult Admit(string kind, string spec, string uid = "u") => new ObjectAdmission().Admit(
        Recorded.Builtin(kind),
        null,
        new JsonObject { ["metadata"] = new JsonObject { ["name"] = "x", ["uid"] = uid }, ["spec"] = JsonNode.Parse(spec) },
        FieldValidation.Strict,
        null);
}
