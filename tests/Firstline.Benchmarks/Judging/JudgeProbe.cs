using Firstline.Api.V1Alpha1;
using Firstline.Benchmarks.Caches;
using Firstline.Controllers;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Benchmarks.Judging;

/// <summary>The operator's caches and its detection before a pod server, and what events of pods cost it.</summary>
internal static class JudgeProbe
{
    // Each event is about a Deployment of its own, so that none is judged together with another.
    private const int Batch = 100;

    private const int WarmUps = 20;
    private const int Batches = 10;

    public static async Task<JudgeFigures> RunAsync(Uri server, int pods)
    {
        using HttpClient http = new();
        using KubeClient client = new(new ClusterAccess { Server = server }, TimeProvider.System);
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(client, TimeProvider.System, null, new InformerOptions { PageSize = PodServer.PageSize });
        OperatorOptions options = new("firstline-system");
        ClusterCache cache = new(informers, options, TimeProvider.System);
        RootFinder roots = new(cache);
        CountingSource counted = new(new SituationSource(cache));
        IncidentCache incidents = new(informers, roots, options);
        HeldFindings held = new(incidents, informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy));
        using DetectionController detection = new(
            cache, counted, roots, incidents, held, counted, new DetectionEvents(counted), TimeProvider.System, NullLogger<DetectionController>.Instance);
        using Rest rest = new(detection);
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        Task running = detection.RunAsync(stop.Token, stop.Token);
        await rest.UntilAsync(() => counted.Judgements >= pods / PodServer.PodsPerDeployment);
        await EmitAsync(WarmUps);
        (int judgements, int facts, long bytes) = (counted.Judgements, counted.Facts, GC.GetTotalAllocatedBytes(precise: true));
        await EmitAsync(Batches);
        double events = Batches * Batch;
        JudgeFigures figures = new(
            pods, (counted.Judgements - judgements) / events, (counted.Facts - facts) / events, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / events, counted.Findings);
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await informers.StoppedAsync();
        return figures;

        async Task EmitAsync(int batches)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                int wanted = counted.Judgements + Batch;
                using HttpResponseMessage taken = await http.GetAsync(new Uri(server, $"/emit?count={Batch}&step={PodServer.PodsPerDeployment}"));
                await rest.UntilAsync(() => counted.Judgements >= wanted);
            }
        }
    }
}
