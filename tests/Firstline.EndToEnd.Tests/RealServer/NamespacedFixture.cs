using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Testing;
using Microsoft.Extensions.Logging;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The operator as config/overlays/namespaced installs it, for two namespaces that are named as docs/install.md says, in place of that of the overlay.</summary>
public class NamespacedFixture : RealServerFixture
{
    private readonly ConfigCopy _copy = new();
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

    /// <summary>True with the component for the names of Secrets in each of the namespaces.</summary>
    private protected virtual bool SeesSecretNames => false;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (IsThere)
        {
            await new Kubectl(Kubeconfig, "").RunAsync($"delete namespace {First} {Second} --ignore-not-found --wait=false");
        }

        _logs.Dispose();
        _copy.Remove();
    }

    private protected override async Task InstallAsync(Kubectl kubectl)
    {
        Kubectl everywhere = new(Kubeconfig, "");
        foreach (string ns in (string[])[First, Second])
        {
            _copy.Copy("overlays/namespaced/shop", $"overlays/namespaced/{ns}");
            await _copy.EditAsync($"overlays/namespaced/{ns}/kustomization.yaml", ("namespace: shop", $"namespace: {ns}"));
            await everywhere.RunAsync("create -f -", TestRun.Namespace(ns));
            if (SeesSecretNames)
            {
                await File.AppendAllTextAsync(_copy.Path($"overlays/namespaced/{ns}/kustomization.yaml"), "components:\n  - ../../../components/secret-names/namespace\n");
            }
        }

        string names = SeesSecretNames ? "\n      - op: add\n        path: /spec/template/spec/containers/0/args/-\n        value: --observe-secret-names=on" : "";
        await _copy.EditAsync("overlays/namespaced/kustomization.yaml",
            ("  - shop\n", $"  - {First}\n  - {Second}\n"), ("value: [shop]", $"value: [{First}, {Second}]"), ("--namespaces=shop", $"--namespaces={First},{Second}{names}"));
        await everywhere.RunAsync($"apply --server-side --force-conflicts -k {_copy.Path("overlays/namespaced")}");
        await kubectl.RunAsync("wait --for=condition=Established --timeout=30s crd -l app.kubernetes.io/part-of=firstline");
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
