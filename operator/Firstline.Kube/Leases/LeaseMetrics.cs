using System.Diagnostics.Metrics;

namespace Firstline.Kube.Leases;

/// <summary>client-go's leader election metric.</summary>
internal static class LeaseMetrics
{
    private static readonly Gauge<int> Status = KubeMeter.Instance.CreateGauge<int>(
        "leader_election_master_status", description: "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master.");

    public static void Leading(string lease) => Status.Record(1, new KeyValuePair<string, object?>("name", lease));

    public static void Waiting(string lease) => Status.Record(0, new KeyValuePair<string, object?>("name", lease));
}
