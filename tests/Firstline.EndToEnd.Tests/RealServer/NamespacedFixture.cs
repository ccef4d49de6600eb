using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Host.Configuration;
using Firstline.Host.Options;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The operator as config/overlays/namespaced installs it, for two namespaces that are named as docs/install.md says, in place of that of the overlay.</summary>
public sealed class NamespacedFixture : RealServerFixture
{
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("firstline-namespaced-");
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ILoggerFactory _logs;

    public NamespacedFixture() => _logs = LoggerFactory.Create(b => b.AddProvider(new Lines(_lines)));

    /// <summary>A namespace that is watched.</summary>
    internal string First { get; } = Scene.NewNamespace();

    /// <summary>The other one.</summary>
    internal string Second { get; } = Scene.NewNamespace();

    /// <summary>What the operator logged.</summary>
    internal ImmutableArray<string> Log => [.. _lines];

    private protected override ILoggerFactory Logs => _logs;

    private string Overlay => Path.Combine(_copy.FullName, "config/overlays/namespaced");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (IsThere)
        {
            await new Kubectl(Kubeconfig, "").RunAsync($"delete namespace {First} {Second} --ignore-not-found --wait=false");
        }

        _logs.Dispose();
        _copy.Delete(recursive: true);
    }

    private protected override async Task InstallAsync(Kubectl kubectl)
    {
        foreach (string folder in (string[])["config", "crds"])
        {
            CopyFolder(new DirectoryInfo(Path.Combine(Checkout.Folder, folder)), _copy.CreateSubdirectory(folder));
        }

        Kubectl everywhere = new(Kubeconfig, "");
        foreach (string ns in (string[])[First, Second])
        {
            CopyFolder(new DirectoryInfo(Path.Combine(Overlay, "shop")), Directory.CreateDirectory(Path.Combine(Overlay, ns)));
            await EditAsync($"{ns}/kustomization.yaml", ("namespace: shop", $"namespace: {ns}"));
            await everywhere.RunAsync("create -f -", TestRun.Namespace(ns));
        }

        await EditAsync("kustomization.yaml",
            ("  - shop\n", $"  - {First}\n  - {Second}\n"), ("value: [shop]", $"value: [{First}, {Second}]"), ("--namespaces=shop", $"--namespaces={First},{Second}"));
        await everywhere.RunAsync($"apply --server-side --force-conflicts -k {Overlay}");
        await kubectl.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
    }

    private protected override async Task<OperatorOptions> AdjustAsync(Kubectl kubectl, OperatorOptions options)
    {
        JsonNode args = JsonNode.Parse(await kubectl.RunAsync("get deployment firstline-operator -o jsonpath={.spec.template.spec.containers[0].args}"))!;
        string[] given = [.. args.AsArray().Select(static a => (string)a!).Where(static a => !a.StartsWith("--config=", StringComparison.Ordinal))];
        return options with { Namespaces = OptionLayers.Of(given, static _ => null).Load().Namespaces };
    }

    private async Task EditAsync(string file, params (string Old, string New)[] edits)
    {
        string path = Path.Combine(Overlay, file);
        string text = await File.ReadAllTextAsync(path);
        foreach ((string old, string @new) in edits)
        {
            text.Should().Contain(old, "docs/install.md says to change it in {0}", file);
            text = text.Replace(old, @new, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(path, text);
    }

    private static void CopyFolder(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (DirectoryInfo folder in from.GetDirectories())
        {
            CopyFolder(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
