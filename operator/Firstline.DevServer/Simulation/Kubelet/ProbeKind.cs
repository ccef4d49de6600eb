namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>How a probe asks.</summary>
internal enum ProbeKind
{
    Http,
    Tcp,
    Exec,
    Grpc,
}
