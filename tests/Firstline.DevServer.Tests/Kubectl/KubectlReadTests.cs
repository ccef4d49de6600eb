using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>The real kubectl, reading: discovery, get in all its forms, describe, explain.</summary>
public abstract class KubectlReadTests(KubectlServer server)
{
    [SkippableFact]
    public async Task Api_resources_lists_builtin_and_custom_kinds()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        KubectlResult result = await ns.RunAsync("api-resources");
        result.Error.Should().BeEmpty();
        result.Output.Should().MatchRegex(@"deployments\s+deploy\s+apps/v1\s+true\s+Deployment")
            .And.MatchRegex(@"widgets\s+wg\s+example\.dev/v1\s+true\s+Widget")
            .And.MatchRegex(@"nodes\s+no\s+v1\s+false\s+Node");
        KubectlResult toys = await ns.RunAsync("api-resources --categories toys -o name");
        toys.Output.Trim().Should().Be("widgets.example.dev");
    }

    [SkippableFact]
    public async Task Api_versions_lists_groups()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync("api-versions")).Lines.Should().Contain(["v1", "apps/v1", "autoscaling/v2", "example.dev/v1", "rbac.authorization.k8s.io/v1"]);
    }

    [SkippableTheory]
    [InlineData("a built-in kind", "deployment", "KIND:       Deployment")]
    [InlineData("a custom kind", "widget", "A thing to play with.")]
    [InlineData("a custom field", "widgets.spec.level", "How hard it is to play.")]
    public async Task Explain_shows(string what, string path, string expected)
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync($"explain {path}")).Output.Should().Contain(expected, "{0} is explained", what);
    }

    [SkippableFact]
    public async Task Explain_shows_the_whole_tree()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.RunAsync("explain deployment --recursive")).Output.Should().Contain("terminationGracePeriodSeconds").And.Contain("<[]Container> -required-");
    }

    [SkippableFact]
    public async Task Get_prints_tables_in_all_widths()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        (await ns.RunAsync("get deployments")).Row(0).Should().Equal("NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE");
        (await ns.RunAsync("get deploy -L app --no-headers")).Lines[0].Should().EndWith("web");
        (await ns.RunAsync("get deploy --show-labels")).Output.Should().Contain("LABELS").And.Contain("app=web");
    }

    [SkippableFact]
    public async Task Get_prints_printer_columns_of_custom_resources()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Widget);
        await ns.RunAsync("patch widget top --subresource status --type merge -p '{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'");
        KubectlResult table = await ns.RunAsync("get wg");
        table.Row(0).Should().Equal("NAME", "LEVEL", "READY", "AGE");
        table.Row(1).Take(3).Should().Equal("top", "L1", "True");
        (await ns.RunAsync("get wg -o wide")).Row(0).Should().Contain("REPLICAS");
    }

    [SkippableFact]
    public async Task Get_prints_objects_in_every_form()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment.Replace("1Gi", "1024Mi", StringComparison.Ordinal).Replace("500m", "0.5", StringComparison.Ordinal));
        (await ns.RunAsync("get deploy web -o yaml")).Output.Should().Contain("memory: 1Gi").And.Contain("cpu: 500m").And.Contain("maxSurge: 25%");
        (await ns.RunAsync("get deploy web -o json")).Output.Should().Contain("\"progressDeadlineSeconds\": 600");
        (await ns.RunAsync("get deploy web -o name")).Output.Trim().Should().Be("deployment.apps/web");
        (await ns.RunAsync("get deploy web -o jsonpath={.spec.template.spec.containers[0].imagePullPolicy}")).Output.Should().Be("IfNotPresent");
        KubectlResult columns = await ns.RunAsync("get deploy -o custom-columns=NAME:.metadata.name,IMAGE:.spec.template.spec.containers[*].image");
        columns.Row(1).Should().Equal("web", "shop/web:1.0");
        (await ns.RunAsync("get deploy web -o go-template={{.spec.replicas}}")).Output.Should().Be("2");
    }

    [SkippableFact]
    public async Task Get_selects_by_labels_and_fields()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Pod);
        await ns.RunAsync("create -f -", KubectlManifests.Widget);
        (await ns.RunAsync("get pods -l app=one -o name")).Output.Trim().Should().Be("pod/one");
        (await ns.RunAsync("get pods -l 'app notin (one)' -o name")).Output.Should().BeEmpty();
        (await ns.RunAsync("get pods --field-selector status.phase=Pending -o name")).Output.Trim().Should().Be("pod/one");
        (await ns.RunAsync("get wg --field-selector spec.level=L2 -o name")).Output.Should().BeEmpty();
        KubectlResult refused = await ns.TryAsync("get pods --field-selector spec.foo=x");
        refused.Error.Should().Contain("field label not supported");
    }

    [SkippableFact]
    public async Task Get_all_covers_the_category()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        await ns.RunAsync("create -f -", KubectlManifests.Pod);
        (await ns.RunAsync("get all -o name")).Lines.Should().Equal("pod/one", "deployment.apps/web");
    }

    [SkippableFact]
    public async Task Get_says_what_is_not_there()
    {
        KubectlNamespace ns = await server.NamespaceAsync();
        (await ns.TryAsync("get pod nobody")).Error.Should().Be("Error from server (NotFound): pods \"nobody\" not found\n");
        (await ns.TryAsync("get gadgets")).Error.Should().Contain("the server doesn't have a resource type \"gadgets\"");
        (await ns.RunAsync("get pods")).Error.Should().Contain($"No resources found in {ns.Name} namespace.");
    }

    [SkippableTheory]
    [InlineData("pod/one", "Image:", "busybox:1.36")]
    [InlineData("deployment/web", "StrategyType:", "RollingUpdate")]
    [InlineData("widget/top", "Level:", "L1")]
    [InlineData("namespace/default", "Status:", "Active")]
    public async Task Describe_shows(string name, string label, string expected)
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", $"{KubectlManifests.Pod}\n---\n{KubectlManifests.Deployment}\n---\n{KubectlManifests.Widget}");
        (await ns.RunAsync($"describe {name}")).Output.Should().MatchRegex($@"{label}\s+{expected}");
    }

    [SkippableFact]
    public async Task Events_are_listed_and_described()
    {
        KubectlNamespace ns = await server.AloneAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Pod);
        string uid = (await ns.RunAsync("get pod one -o jsonpath={.metadata.uid}")).Output;
        await ns.RunAsync("create -f -", $$"""
            apiVersion: v1
            kind: Event
            metadata: {name: one.1}
            involvedObject: {apiVersion: v1, kind: Pod, name: one, namespace: {{ns.Name}}, uid: {{uid}}}
            type: Warning
            reason: BackOff
            message: Back-off restarting failed container
            firstTimestamp: "2026-11-20T10:00:00Z"
            lastTimestamp: "2026-11-20T10:00:00Z"
            count: 3
            source: {component: kubelet}
            """);
        (await ns.RunAsync("events")).Output.Should().MatchRegex(@"Warning\s+BackOff\s+Pod/one\s+Back-off restarting failed container");
        (await ns.RunAsync("get events")).Lines[1].Should().Contain("pod/one");
        (await ns.RunAsync("events --for pod/one --types Warning")).Output.Should().Contain("BackOff");
        (await ns.RunAsync("describe pod one")).Output.Should().MatchRegex(@"Warning\s+BackOff\s+.*kubelet\s+Back-off");
    }
}
