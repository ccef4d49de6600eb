using System.Diagnostics;
using Firstline.EndToEnd.Tests.RealServer;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>
/// A real API server that these tests have for themselves: they install, upgrade and remove, which would pull the ground from under any other test. Nothing where
/// <see cref="Variable"/> is not set: the tests skip.
/// </summary>
public sealed class EmptyClusterFixture
{
    private const string Variable = "FIRSTLINE_TEST_EMPTY_KUBECONFIG";

    private readonly string? _kubeconfig = Environment.GetEnvironmentVariable(Variable);

    /// <summary>The administrator's kubeconfig.</summary>
    internal string Kubeconfig => _kubeconfig!;

    /// <summary>The administrator's client.</summary>
    internal Kubectl Kubectl => new(Kubeconfig, "") { Folder = Checkout.Folder };

    /// <summary>Types a command line of the guide, which must succeed.</summary>
    internal async Task TypeAsync(string command)
    {
        if (!command.StartsWith("make ", StringComparison.Ordinal))
        {
            await Kubectl.TypeAsync(command);
            return;
        }

        (int code, string output) = await Make.RunAsync("make", command["make ".Length..]);
        code.Should().Be(0, output);
    }

    /// <summary>Skips the test where no server is given; else removes what another test left installed.</summary>
    internal async Task RequireEmptyAsync()
    {
        Require();
        // kubectl knows the name of a kind only while its definition is there.
        bool isDefined = (await Kubectl.RunAsync("get crd remediationrequests.firstline.dev --ignore-not-found -o name")).Length > 0;
        foreach (string command in InstallGuide.CommandsOf("Remove").Where(c => isDefined || !c.StartsWith("kubectl delete remreq ", StringComparison.Ordinal)))
        {
            await TypeAsync(command);
        }

        await Kubectl.RunAsync("delete clusterrole firstline-view firstline-edit --ignore-not-found");
    }

    /// <summary>Skips the test where no server is given; else installs config/default.</summary>
    internal async Task RequireInstalledAsync()
    {
        Require();
        await Kubectl.RunAsync("apply --server-side --force-conflicts -k config/default");
    }

    /// <summary>Skips the test where no server is given, or one that is older than MutatingAdmissionPolicy of v1.</summary>
    internal async Task RequireMutatingPoliciesAsync()
    {
        Require();
        bool isServed = (await Kubectl.RunAsync("get --raw /apis/admissionregistration.k8s.io/v1")).Contains("\"mutatingadmissionpolicies\"", StringComparison.Ordinal);
        Skip.IfNot(isServed, "the server has no MutatingAdmissionPolicy of v1, which config/admission-stamping needs: Kubernetes 1.36 or newer has it");
    }

    /// <summary>The manifests as they were when config/default came to be, in a folder of their own.</summary>
    internal static async Task<string> FirstVersionAsync()
    {
        string first = (await GitAsync("log --diff-filter=A --format=%H -- config/default/kustomization.yaml")).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        Skip.If(first.Length == 0 || (await GitAsync("rev-parse --is-shallow-repository")).Trim() == "true", "the checkout has no history to upgrade from: fetch it whole");
        string folder = Directory.CreateTempSubdirectory("firstline-upgrade-").FullName;
        await GitAsync($"archive --output={folder}/old.tar {first} config crds");
        await System.Formats.Tar.TarFile.ExtractToDirectoryAsync($"{folder}/old.tar", folder, overwriteFiles: false);
        return folder;
    }

    private static async Task<string> GitAsync(string arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Checkout.Folder, RedirectStandardOutput = true })!;
        string output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? output : "";
    }

    private void Require() =>
        Skip.If(string.IsNullOrEmpty(_kubeconfig), $"{Variable} is not set: point it to the kubeconfig of a real API server that nothing else uses");
}
