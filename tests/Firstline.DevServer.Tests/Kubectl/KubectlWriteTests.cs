using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The real kubectl, writing: apply in both forms, patches, edits, scale, delete, and how errors read.</summary>
public abstract class KubectlWriteTests(KubectlServer server)
{
    [SkippableFact]
    public async Task Apply_creates_then_configures_then_leaves_alone()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync("apply -f -", KubectlManifests.Deployment)).Output.Should().Be("deployment.apps/web created\n");
        (await ns.RunAsync("apply -f -", KubectlManifests.Deployment)).Output.Should().Be("deployment.apps/web unchanged\n");
        string changed = KubectlManifests.Deployment.Replace("replicas: 2", "replicas: 3", StringComparison.Ordinal);
        (await ns.RunAsync("apply -f -", changed)).Output.Should().Be("deployment.apps/web configured\n");
        (await ns.RunAsync("get deploy web -o jsonpath={.spec.replicas}/{.metadata.generation}")).Output.Should().Be("3/2");
    }

    [SkippableFact]
    public async Task Apply_of_custom_resources_defaults_and_removes_fields()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync("apply -f -", KubectlManifests.Widget.Replace("level: L1", "level: L1, replicas: 5", StringComparison.Ordinal))).Output
            .Should().Be("widget.example.dev/top created\n");
        (await ns.RunAsync("apply -f -", KubectlManifests.Widget)).Output.Should().Be("widget.example.dev/top configured\n");
        (await ns.RunAsync("get wg top -o jsonpath={.spec}")).Output.Should().Be("{\"level\":\"L1\",\"replicas\":2}");
    }

    [SkippableFact]
    public async Task Apply_on_the_server_owns_fields_and_reports_conflicts()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync("apply --server-side -f -", KubectlManifests.Deployment)).Output.Should().Be("deployment.apps/web serverside-applied\n");
        string changed = KubectlManifests.Deployment.Replace("replicas: 2", "replicas: 7", StringComparison.Ordinal);
        KubectlResult conflict = await ns.TryAsync("apply --server-side --field-manager other -f -", changed);
        conflict.ExitCode.Should().Be(1);
        conflict.Error.Should().Contain("conflict with \"kubectl\"").And.Contain(".spec.replicas");
        await ns.RunAsync("apply --server-side --force-conflicts --field-manager other -f -", changed);
        (await ns.RunAsync("get deploy web --show-managed-fields -o jsonpath={.metadata.managedFields[*].manager}")).Output.Should().Contain("kubectl").And.Contain("other");
    }

    [SkippableFact]
    public async Task Diff_shows_what_apply_would_change()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("apply -f -", KubectlManifests.Deployment);
        (await ns.RunAsync("diff -f -", KubectlManifests.Deployment)).Output.Should().BeEmpty();
        KubectlResult diff = await ns.TryAsync("diff -f -", KubectlManifests.Deployment.Replace("web:1.0", "web:2.0", StringComparison.Ordinal));
        diff.ExitCode.Should().Be(1);
        diff.Output.Should().Contain("-      - image: shop/web:1.0").And.Contain("+      - image: shop/web:2.0");
    }

    [SkippableFact]
    public async Task Dry_run_on_the_server_stores_nothing()
    {
        KubectlNamespace ns = await server.AloneAsync();
        (await ns.RunAsync("apply --dry-run=server -f -", KubectlManifests.Pod)).Output.Should().Be("pod/one created (server dry run)\n");
        (await ns.TryAsync("get pod one")).Error.Should().Contain("NotFound");
    }

    [SkippableFact]
    public async Task Apply_names_unknown_fields_and_bad_values()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        KubectlResult unknown = await ns.TryAsync("apply -f -", KubectlManifests.Deployment.Replace("image: shop", "imagee: x\n        image: shop", StringComparison.Ordinal));
        unknown.Error.Should().Contain("strict decoding error: unknown field \"spec.template.spec.containers[0].imagee\"");
        KubectlResult type = await ns.TryAsync("apply -f -", KubectlManifests.Deployment.Replace("replicas: 2", "replicas: two", StringComparison.Ordinal));
        type.Error.Should().Contain("cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        KubectlResult value = await ns.TryAsync("apply -f -", KubectlManifests.Widget.Replace("L1", "L9", StringComparison.Ordinal));
        value.Error.Should().Contain("The Widget \"top\" is invalid: spec.level: Unsupported value: \"L9\": supported values: \"L1\", \"L2\", \"L3\"");
        KubectlResult kind = await ns.TryAsync("apply -f -", "apiVersion: example.dev/v1\nkind: Gadget\nmetadata: {name: x}");
        kind.Error.Should().Contain("no matches for kind \"Gadget\" in version \"example.dev/v1\"");
    }

    [SkippableFact]
    public async Task Create_refuses_what_exists_and_what_cannot_be()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create configmap settings --from-literal=a=1");
        (await ns.TryAsync("create configmap settings --from-literal=a=1")).Error.Should().Contain("configmaps \"settings\" already exists");
        (await ns.TryAsync("create configmap Settings_")).Error.Should().Contain("a lowercase RFC 1123 subdomain must consist of");
        (await ns.TryAsync("create deployment web --image=x --replicas=-1")).Error.Should().Contain("spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }

    [SkippableFact]
    public async Task Create_makes_the_usual_kinds()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        foreach (string what in (string[])
            [
                "secret generic s --from-literal=a=b", "service clusterip web --tcp=80:8080", "job j --image=busybox", "cronjob c --image=busybox '--schedule=* * * * *'",
                "serviceaccount robot", "role reader --verb=get --resource=pods", "rolebinding b --role=reader --serviceaccount=x:robot", "quota q --hard=pods=5",
                "poddisruptionbudget p --selector=app=web --min-available=1", "ingress i --rule=a.example.com/=web:80",
            ])
        {
            (await ns.RunAsync($"create {what}")).Output.Should().EndWith("created\n");
        }

        (await ns.RunAsync("get service web")).Row(1)[1].Should().Be("ClusterIP");
        (await ns.RunAsync("get job j -o jsonpath={.spec.backoffLimit}")).Output.Should().Be("6");
        (await ns.RunAsync("get secret s")).Row(1).Take(3).Should().Equal("s", "Opaque", "1");
        (await ns.RunAsync("get pdb p")).Row(1).Take(4).Should().Equal("p", "1", "N/A", "0");
    }

    [SkippableFact]
    public async Task Annotate_and_label_set_change_and_remove()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Widget);
        (await ns.RunAsync("annotate wg top example.dev/approved=alice")).Output.Should().Be("widget.example.dev/top annotated\n");
        (await ns.TryAsync("annotate wg top example.dev/approved=bob")).Error.Should().Contain("already has a value (alice)");
        await ns.RunAsync("annotate --overwrite wg top example.dev/approved=bob");
        (await ns.RunAsync("get wg top -o jsonpath={.metadata.annotations.example\\.dev/approved}")).Output.Should().Be("bob");
        (await ns.RunAsync("label wg top tier=gold")).Output.Should().Be("widget.example.dev/top labeled\n");
        (await ns.RunAsync("label wg top tier-")).Output.Should().Be("widget.example.dev/top unlabeled\n");
        (await ns.TryAsync("label wg top 'tier=not a label'")).Error.Should().Contain("a valid label must be an empty string or consist of");
    }

    [SkippableTheory]
    [InlineData("strategic", "deploy/web", "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"shop/web:9\"}]}}}}")]
    [InlineData("merge", "deploy/web", "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"shop/web:9\"}]}}}}")]
    [InlineData("json", "deploy/web", "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\",\"value\":\"shop/web:9\"}]")]
    public async Task Patch_of_every_type_changes_the_image(string type, string name, string patch)
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        (await ns.RunAsync($"patch {name} --type {type} -p '{patch}'")).Output.Should().Be("deployment.apps/web patched\n");
        (await ns.RunAsync("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}")).Output.Should().Be("shop/web:9");
        (await ns.RunAsync("get deploy web -o jsonpath={.spec.template.spec.containers[0].ports[0].containerPort}")).Output
            .Should().Be(type == "merge" ? "" : "8080", "a merge patch replaces lists");
    }

    [SkippableFact]
    public async Task Patch_that_fails_its_test_or_its_schema_changes_nothing()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Widget);
        (await ns.TryAsync("patch wg top --type json -p '[{\"op\":\"test\",\"path\":\"/spec/level\",\"value\":\"L2\"}]'")).ExitCode.Should().Be(1);
        (await ns.TryAsync("patch wg top --type merge -p '{\"spec\":{\"replicas\":-1}}'")).Error.Should().Contain("should be greater than or equal to 0");
        (await ns.TryAsync("patch wg top -p '{\"spec\":{}}'")).Error.Should().Contain("application/strategic-merge-patch+json is not supported");
        (await ns.RunAsync("get wg top -o jsonpath={.spec.level}/{.spec.replicas}")).Output.Should().Be("L1/2");
    }

    [SkippableFact]
    public async Task Scale_changes_builtin_and_custom_kinds()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", $"{KubectlManifests.Deployment}\n---\n{KubectlManifests.Widget}");
        (await ns.RunAsync("scale deploy/web --replicas=4")).Output.Should().Be("deployment.apps/web scaled\n");
        (await ns.RunAsync("scale wg/top --replicas=6")).Output.Should().Be("widget.example.dev/top scaled\n");
        (await ns.TryAsync("scale deploy/web --current-replicas=1 --replicas=9")).Error.Should().Contain("Expected replicas to be 1, was 4");
        (await ns.RunAsync("get deploy/web wg/top -o jsonpath={.items[*].spec.replicas}")).Output.Should().Be("4 6");
        (await ns.RunAsync("get deploy web --subresource scale -o jsonpath={.kind}/{.status.selector}")).Output.Should().Be("Scale/app=web");
    }

    [SkippableFact]
    public async Task Set_and_rollout_restart_change_the_template()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        (await ns.RunAsync("set image deploy/web web=shop/web:3")).Output.Should().Be("deployment.apps/web image updated\n");
        (await ns.RunAsync("set env deploy/web MODE=fast")).Output.Should().Be("deployment.apps/web env updated\n");
        (await ns.RunAsync("set resources deploy/web --limits=memory=2Gi")).Output.Should().Be("deployment.apps/web resource requirements updated\n");
        (await ns.RunAsync("rollout restart deploy/web")).Output.Should().Be("deployment.apps/web restarted\n");
        (await ns.RunAsync("rollout pause deploy/web")).Output.Should().Be("deployment.apps/web paused\n");
        (await ns.RunAsync("get deploy web -o yaml")).Output.Should().Contain("kubectl.kubernetes.io/restartedAt").And.Contain("memory: 2Gi").And.Contain("paused: true");
    }

    [SkippableFact]
    public async Task Rollout_history_reads_replica_sets()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        string uid = (await ns.RunAsync("get deploy web -o jsonpath={.metadata.uid}")).Output;
        await ns.RunAsync("create -f -", $$$"""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: web-1
              labels: {app: web}
              annotations: {deployment.kubernetes.io/revision: "1"}
              ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: "{{{uid}}}", controller: true}]
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "shop/web:1.0"}]}
            """);
        (await ns.RunAsync("rollout history deploy/web")).Output.Should().MatchRegex(@"REVISION\s+CHANGE-CAUSE\s+1\s+<none>");
    }

    [SkippableFact]
    public async Task Replace_and_edit_write_whole_objects()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create configmap settings --from-literal=mode=slow");
        (await ns.RunAsync("replace -f -", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: fast}")).Output.Should().Be("configmap/settings replaced\n");
        string editor = server.WriteFile("editor.sh", "sed -i 's/mode: fast/mode: faster/' \"$1\"\n");
        (await ns.RunAsync("edit configmap settings", environment: $"KUBE_EDITOR=sh {editor}")).Output.Should().Be("configmap/settings edited\n");
        (await ns.RunAsync("get configmap settings -o jsonpath={.data.mode}")).Output.Should().Be("faster");
        (await ns.TryAsync("replace -f -", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, resourceVersion: '1'}")).Error
            .Should().Contain("the object has been modified; please apply your changes to the latest version and try again");
    }

    [SkippableFact]
    public async Task Fields_that_cannot_change_are_refused()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", $"{KubectlManifests.Deployment}\n---\n{KubectlManifests.Pod}");
        (await ns.TryAsync("patch deploy web -p '{\"spec\":{\"selector\":{\"matchLabels\":{\"x\":\"y\"}}}}'")).Error.Should().Contain("field is immutable");
        (await ns.TryAsync("patch pod one -p '{\"spec\":{\"nodeName\":\"n1\"}}'")).Error.Should().Contain("pod updates may not change fields other than");
        (await ns.RunAsync("set image pod/one main=busybox:2")).Output.Should().Be("pod/one image updated\n");
    }

    [SkippableFact]
    public async Task Wait_sees_conditions_values_and_deletion()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Widget);
        Task<KubectlResult> waiting = ns.RunAsync("wait --for condition=Ready wg/top --timeout 30s");
        await ns.RunAsync("patch wg top --subresource status --type merge -p '{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'");
        (await waiting).Output.Should().Be("widget.example.dev/top condition met\n");
        (await ns.RunAsync("wait --for jsonpath={.spec.level}=L1 wg/top --timeout 5s")).Output.Should().Contain("condition met");
        (await ns.RunAsync("delete wg top --wait=false")).Output.Should().Be("widget.example.dev \"top\" deleted\n");
        await ns.RunAsync("wait --for delete wg/top --timeout 30s");
    }

    [SkippableFact]
    public async Task Delete_waits_until_the_object_is_gone()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", $"{KubectlManifests.Pod}\n---\n{KubectlManifests.Widget}");
        (await ns.RunAsync("delete pod one --now")).Output.Should().Contain("pod \"one\"");
        (await ns.RunAsync("delete wg --all")).Output.Should().Contain("widget.example.dev \"top\" deleted");
        (await ns.RunAsync("get pods,wg -o name")).Output.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Create_token_and_auth_answer()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create serviceaccount robot");
        (await ns.RunAsync("create token robot --duration 10m")).Output.Trim().Should().NotBeEmpty();
        (await ns.RunAsync("auth can-i delete pods")).Output.Should().Be("yes\n");
        (await ns.RunAsync("auth whoami")).Output.Should().Contain("system:masters");
    }

    [SkippableFact]
    public async Task Cordon_marks_the_node()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", $"apiVersion: v1\nkind: Node\nmetadata: {{name: node-{ns.Name}}}");
        (await ns.RunAsync($"cordon node-{ns.Name}")).Output.Should().Contain("cordoned");
        (await ns.RunAsync($"get node node-{ns.Name}")).Row(1)[1].Should().Be("Unknown,SchedulingDisabled");
        (await ns.RunAsync($"taint node node-{ns.Name} a=b:NoSchedule")).Output.Should().Contain("tainted");
        (await ns.RunAsync($"delete node node-{ns.Name}")).Output.Should().Contain("deleted");
    }
}
