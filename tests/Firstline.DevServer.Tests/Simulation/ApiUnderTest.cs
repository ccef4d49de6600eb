using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http;
using Firstline.DevServer.Tests.Conformance;
using Firstline.DevServer.Tests.Kubectl;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>The API server that a simulation plays on: the embedded one, or a real one without controllers.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    /// <summary>Tests on one server share its nodes, which one of them drains: they run one after another.</summary>
    public const string Collection = "cluster";

    private readonly DevApiServer? _embedded;

    private ApiUnderTest(DevApiServer? embedded, Uri url, string token, string authorityPem)
    {
        (_embedded, Url, Token, AuthorityFile) = (embedded, url, token, Path.GetTempFileName());
        File.WriteAllText(AuthorityFile, authorityPem);
    }

    public Uri Url { get; }

    public string Token { get; }

    /// <summary>File with the certificate authority in PEM.</summary>
    public string AuthorityFile { get; }

    /// <summary>A new embedded server.</summary>
    public static async Task<ApiUnderTest> StartAsync()
    {
        DevApiServer embedded = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);
        return new ApiUnderTest(embedded, embedded.Url, embedded.Users[0].Token!, embedded.AuthorityPem!);
    }

    /// <summary>The real server whose kubeconfig the environment names; skips the test where there is none that a simulation can play on.</summary>
    public static async Task<ApiUnderTest> RealAsync()
    {
        Skip.IfNot(KubectlServer.IsInstalled, "kubectl is not on the PATH; install kubectl to run this test");
        Skip.If(RealConformanceServer.Kubeconfig is null, $"{RealConformanceServer.Variable} is not set: point it to the kubeconfig of a real API server");
        string controllers = await PrintAsync("get configmap kube-root-ca.crt --namespace=default --ignore-not-found -o name");
        Skip.If(controllers.Length > 0, "controllers run beside this server and would meddle");
        JsonNode config = JsonNode.Parse(await PrintAsync("config view --raw --minify --flatten -o json"))!;
        string? token = (string?)config["users"]![0]!["user"]!["token"];
        Skip.If(token is null, $"the kubeconfig of {RealConformanceServer.Variable} holds no token, which the simulation logs in with");
        JsonNode cluster = config["clusters"]![0]!["cluster"]!;
        return new ApiUnderTest(
            null, new Uri((string)cluster["server"]!), token!, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)cluster["certificate-authority-data"]!)));
    }

    public SocketsHttpHandler Transport()
    {
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(AuthorityFile);
        SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = trust;
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(AuthorityFile);
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }

    private static async Task<string> PrintAsync(string arguments)
    {
        using Process kubectl = Process.Start(
            new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, Environment = { ["KUBECONFIG"] = RealConformanceServer.Kubeconfig } })!;
        string printed = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        return kubectl.ExitCode == 0 ? printed : throw new InvalidOperationException($"kubectl {arguments} ended with exit code {kubectl.ExitCode}");
    }
}
