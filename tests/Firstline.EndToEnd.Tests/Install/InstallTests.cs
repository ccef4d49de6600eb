using Firstline.EndToEnd.Tests.RealServer;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>Installing, upgrading and removing on a real API server, with the commands of docs/install.md.</summary>
[Collection(EmptyCluster.Name)]
public sealed class InstallTests(EmptyClusterFixture cluster)
{
    private const string Ours = "namespace,crd,serviceaccount,role,rolebinding,clusterrole,clusterrolebinding,service,deployment,poddisruptionbudget,"
        + "networkpolicy,validatingadmissionpolicy,validatingadmissionpolicybinding";

    private const string Image = "registry.example/firstline-operator:0.1.0";

    private Kubectl Kubectl => cluster.Kubectl;

    [SkippableTheory]
    [InlineData("Install")]
    [InlineData("Overlays")]
    [InlineData("Upgrade")]
    public async Task Commands_of_the_guide_bring_the_image_that_was_pushed(string section)
    {
        await cluster.RequireEmptyAsync();
        await TypeAsync(section);

        (await Kubectl.RunAsync("get deployment firstline-operator -n firstline-system -o jsonpath={..image}")).Should().Be(Image);
    }

    // config/ names an image without a registry: it would replace the one that can be pulled.
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/install.md")]
    [InlineData("docs/alertmanager.md")]
    public void No_text_has_a_folder_applied_that_names_an_image_without_a_registry(string file) =>
        File.ReadAllText(Path.Combine(Checkout.Folder, file)).Should().NotMatchRegex(@"apply [^`\n]*-k config/(default|manager|overlays)");

    [SkippableFact]
    public async Task Applying_the_same_again_changes_nothing_and_conflicts_with_nothing()
    {
        await cluster.RequireEmptyAsync();
        await TypeAsync("Install");
        string before = await ObjectsAsync();

        await TypeAsync("Install");

        before.Should().Contain("firstline-operator=").And.Contain("incidents.firstline.dev=");
        (await ObjectsAsync()).Should().Be(before);
    }

    [SkippableFact]
    public async Task Upgrading_from_the_first_version_keeps_what_users_made_and_needs_no_force()
    {
        await cluster.RequireEmptyAsync();
        string old = await EmptyClusterFixture.FirstVersionAsync();
        await Kubectl.RunAsync($"apply --server-side -k {old}/config/default");
        await Kubectl.RunAsync("wait --for=condition=Established crd -l app.kubernetes.io/part-of=firstline --timeout=60s");
        await Kubectl.RunAsync($"apply --server-side -k {old}/config/samples");
        string incident = await Kubectl.RunAsync("get inc web-is-slow -o jsonpath={.metadata.uid}{.spec}");
        Directory.Delete(old, recursive: true);

        await TypeAsync("Upgrade");

        (await Kubectl.RunAsync("get inc web-is-slow -o jsonpath={.metadata.uid}{.spec}")).Should().Be(incident);
        await Kubectl.RunAsync("annotate inc web-is-slow example.com/touched=yes");
        await Kubectl.RunAsync("annotate rempol default example.com/touched=yes");
        (await Kubectl.RunAsync("get clusterrole -o name -l app.kubernetes.io/part-of=firstline")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo(
            "clusterrole.rbac.authorization.k8s.io/firstline-approver", "clusterrole.rbac.authorization.k8s.io/firstline-operator",
            "clusterrole.rbac.authorization.k8s.io/firstline-responder", "clusterrole.rbac.authorization.k8s.io/firstline-runbook-author",
            "clusterrole.rbac.authorization.k8s.io/firstline-viewer");
        (await Kubectl.RunAsync("diff --server-side -f dist/install.yaml")).Should().BeEmpty("after the upgrade all is as a new installation makes it");
    }

    [SkippableFact]
    public async Task Removing_leaves_nothing_behind()
    {
        await cluster.RequireEmptyAsync();
        await TypeAsync("Install");
        (await Kubectl.RunAsync($"get {Ours} -A -o name -l app.kubernetes.io/part-of=firstline")).Should().Contain("deployment.apps/firstline-operator");

        await TypeAsync("Remove");

        (await Kubectl.RunAsync($"get {Ours} -A -o name -l app.kubernetes.io/part-of=firstline")).Should().BeEmpty();
        (await Kubectl.RunAsync("get namespace,crd,clusterrole,clusterrolebinding,validatingadmissionpolicy -o name")).Should().NotContain("firstline");
    }

    [SkippableTheory]
    [InlineData("dev")]
    [InlineData("alertmanager")]
    [InlineData("observe-only")]
    [InlineData("namespaced")]
    public async Task Overlay_is_applied_over_the_default_and_left_again_without_conflict(string overlay)
    {
        await cluster.RequireEmptyAsync();
        bool isShopTaken = (await Kubectl.RunAsync("get namespace shop --ignore-not-found -o name")).Length > 0;
        Skip.If(isShopTaken, "the namespace of the overlay, shop, is there already, and is not for tests to remove");
        await Kubectl.RunAsync("create -f -", TestRun.Namespace("shop"));
        try
        {
            await ApplyAndLeaveAsync(overlay);
        }
        finally
        {
            await Kubectl.RunAsync("delete namespace shop --timeout=60s");
        }
    }

    [SkippableFact]
    public async Task Observe_only_installs_on_an_empty_cluster_by_the_commands_of_the_guide_and_can_change_no_workload()
    {
        await cluster.RequireEmptyAsync();
        foreach (string command in InstallGuide.CommandsOf("Overlays").TakeWhile(static c => !c.StartsWith("make dist IMAGE=", StringComparison.Ordinal)))
        {
            await cluster.TypeAsync(command);
        }

        (await Kubectl.RunAsync("get rempol default -o jsonpath={.spec.maxMode}")).Should().Be("Observe");
        await MayAsync("patch deployments", expected: false);
        await MayAsync("patch configmaps", expected: false);
        await MayAsync("delete jobs", expected: false);
        await MayAsync("list pods", expected: true);

        await TypeAsync("Overlays");
        await MayAsync("patch deployments", expected: true);
    }

    private async Task ApplyAndLeaveAsync(string overlay)
    {
        await TypeAsync("Install");
        string before = await SpecAsync();

        await cluster.TypeAsync($"make dist OVERLAY={overlay} IMAGE={Image}");
        await Kubectl.RunAsync("apply --server-side -f dist/install.yaml");
        string within = await SpecAsync();
        await TypeAsync("Install");
        await cluster.TypeAsync($"{InstallGuide.CommandsOf("Some namespaces alone")[^1]} --ignore-not-found");

        within.Should().NotBe(before);
        (await SpecAsync()).Should().Be(before, "going back is one apply");
    }

    private async Task MayAsync(string what, bool expected)
    {
        string answer = await Kubectl.AnswerAsync($"auth can-i {what} -n default", RealServerFixture.OperatorUser);
        answer.Trim().Should().Be(expected ? "yes" : "no", "the operator and: {0}", what);
    }

    // No kubelet runs the operator here, so that no rollout ends.
    private async Task TypeAsync(string section)
    {
        foreach (string command in InstallGuide.CommandsOf(section).Where(static c => !c.StartsWith("kubectl rollout ", StringComparison.Ordinal)))
        {
            await cluster.TypeAsync(command);
        }
    }

    // A new generation would be a changed spec; the resourceVersion may move for an entry of managedFields alone.
    private Task<string> ObjectsAsync() => Kubectl.RunAsync(
        $"get {Ours} -A -l app.kubernetes.io/part-of=firstline -o \"jsonpath={{range .items[*]}}{{.kind}}/{{.metadata.name}}={{.metadata.uid}}/{{.metadata.generation}},{{end}}\"");

    // What any overlay changes: the operator's deployment and service, and its roles.
    private async Task<string> SpecAsync() =>
        await Kubectl.RunAsync("get deployment/firstline-operator service/firstline-operator -n firstline-system -o jsonpath={.items[*].spec}")
        + await Kubectl.RunAsync("get clusterrole firstline-operator -o jsonpath={.rules}")
        + await Kubectl.RunAsync("get role firstline-operator -n firstline-system -o jsonpath={.rules}");
}
