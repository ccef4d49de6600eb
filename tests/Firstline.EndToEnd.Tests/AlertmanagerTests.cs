using System.Text;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>Debian's Alertmanager, with a configuration as a user would write it.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private Loop? _loop;

    // The real world's clock: Alertmanager has no other.
    public async Task InitializeAsync() => _loop = await Loop.StartAsync(TimeProvider.System);

    public async Task DisposeAsync() => await _loop!.DisposeAsync();

    [SkippableFact]
    public async Task A_real_Alertmanager_opens_an_incident_and_ends_it()
    {
        Skip.If(AlertmanagerProcess.Program is null, "no Alertmanager: set FIRSTLINE_ALERTMANAGER, or install Debian's prometheus-alertmanager");
        await _loop!.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: registry.example/web:1}]}
            """);
        await _loop.HealthyAsync("web");
        await using AlertmanagerProcess alertmanager = await AlertmanagerProcess.StartAsync(_loop.Webhook, _loop.TokenFile);
        DateTimeOffset began = DateTimeOffset.UtcNow;

        await alertmanager.PostAsync(Alert(began, null));
        Incident opened = await _loop.IncidentAsync("web", "opened by the alert", static i => i.Status?.Signals.Any(static s => s.State == SignalState.Firing) == true);
        await alertmanager.PostAsync(Alert(began, DateTimeOffset.UtcNow));
        Incident over = await _loop.ResolvedAsync("web");

        opened.Spec.Should().BeEquivalentTo(new { Source = IncidentSource.Alertmanager, Signal = "HighErrorRate", Target = new { Kind = "Deployment", Name = "web" } });
        opened.Spec.Summary.Should().Contain("12 % of requests fail");
        over.Metadata.Uid.Should().Be(opened.Metadata.Uid);
        over.Status!.Signals.Should().ContainSingle().Which.State.Should().Be(SignalState.Resolved);
    }

    private static string Alert(DateTimeOffset startsAt, DateTimeOffset? endsAt)
    {
        StringBuilder alert = new();
        alert.Append("""[{"labels":{"alertname":"HighErrorRate","namespace":"shop","deployment":"web","severity":"critical"},""");
        alert.Append("""  "annotations":{"summary":"12 % of requests fail."},"startsAt":" """.TrimEnd()).Append(startsAt.ToString("O")).Append('"');
        return (endsAt is { } end ? alert.Append(",\"endsAt\":\"").Append(end.ToString("O")).Append('"') : alert).Append("}]").ToString();
    }
}
