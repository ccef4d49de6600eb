using System.Text.Json.Nodes;
using Firstline.Testing;
using Xunit;

namespace Firstline.Generate.Tests.Server;

/// <summary>A namespace of its own on a real API server that has the generated definitions; nothing when <see cref="Variable"/> is not set.</summary>
/// <remarks>No operator may be at work there: it would answer the golden objects, whose status these tests write.</remarks>
public sealed class ApiServerFixture : IAsyncLifetime
{
    private const string Variable = "FIRSTLINE_TEST_SCHEMA_KUBECONFIG";

    // Where the admission policies are installed they let nobody else write what the golden objects hold.
    private const string AsOperator = "--as=system:serviceaccount:firstline-system:firstline-operator --as-group=system:masters";

    private readonly string? _kubeconfig = Environment.GetEnvironmentVariable(Variable);
    private readonly string _namespace = $"generate-{Guid.NewGuid():n}"[..17];

    /// <summary>The client of the server; skips the test when there is none.</summary>
    internal Kubectl Kubectl
    {
        get
        {
            Skip.If(string.IsNullOrEmpty(_kubeconfig), $"{Variable} is not set: point it to the kubeconfig of a real API server on which no operator is at work");
            return new(_kubeconfig!);
        }
    }

    public async Task InitializeAsync()
    {
        if (string.IsNullOrEmpty(_kubeconfig))
        {
            return;
        }

        string definitions = string.Concat(GeneratedFiles.All().Where(file => file.Path.StartsWith("crds/", StringComparison.Ordinal) && file.Path.EndsWith(".yaml", StringComparison.Ordinal)).Select(file => file.Content));
        await Must("apply --server-side --force-conflicts -f -", definitions);
        await Must("wait --for=condition=Established --timeout=30s -f -", definitions);
        await Must("create -f -", TestRun.Namespace(_namespace));
        foreach (string kind in (string[])["incident", "runbook", "remediationrequest"])
        {
            string golden = Stored(kind).ToJsonString();
            await Must($"create --validate=strict {AsOperator} -f -", golden);
            if (kind == "remediationrequest")
            {
                await Must($"annotate remreq {Stored(kind)["metadata"]!["name"]} -n {_namespace} firstline.dev/approved=alice firstline.dev/approved-groups=oncall --as=alice --as-group=oncall --as-group=system:masters");
            }

            await Must($"apply --server-side --subresource=status --validate=strict {AsOperator} -f -", golden);
        }
    }

    public async Task DisposeAsync()
    {
        if (!string.IsNullOrEmpty(_kubeconfig))
        {
            await Must($"delete namespace {_namespace} --wait=false");
        }
    }

    /// <summary>The complete object of <paramref name="kind"/>, as the fixture stored it in its namespace.</summary>
    internal JsonObject Stored(string kind)
    {
        JsonObject golden = Golden.Read(kind);
        if (kind != "remediationpolicy")
        {
            golden["metadata"]!["namespace"] = _namespace;
        }

        return golden;
    }

    private async Task Must(string arguments, string input = "")
    {
        (bool succeeded, string output) = await KubectlWords.AnswerAsync(() => Kubectl.RunAsync(arguments, input), static r => r.Item2);
        if (!succeeded)
        {
            throw new InvalidOperationException($"kubectl {arguments}: {output}");
        }
    }
}
