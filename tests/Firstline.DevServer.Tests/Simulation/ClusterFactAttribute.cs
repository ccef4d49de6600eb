using Xunit;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>A test on an API server without controllers, named by FIRSTLINE_SIM_SERVER, FIRSTLINE_SIM_TOKEN and FIRSTLINE_SIM_CA; skipped where there is none.</summary>
internal sealed class ClusterFactAttribute : FactAttribute
{
    /// <summary>Such tests share the nodes, which one of them drains: they run one after another.</summary>
    public const string Collection = "cluster";

    public ClusterFactAttribute()
    {
        if (SimulatedCluster.Server is null)
        {
            Skip = "set FIRSTLINE_SIM_SERVER and FIRSTLINE_SIM_TOKEN to an API server without controllers";
        }
    }
}
