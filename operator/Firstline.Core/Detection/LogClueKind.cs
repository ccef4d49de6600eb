namespace Firstline.Core.Detection;

/// <summary>How an object bears on what a log tells, the most exact first: of several, the first says where to look.</summary>
public enum LogClueKind
{
    /// <summary>A variable of the workload names a Service by a port that it does not have, and the line names that port.</summary>
    WrongAddress,

    /// <summary>The configuration of the cluster's DNS cannot work.</summary>
    BrokenDns,

    /// <summary>The Service that is called serves callers of its own pods' nodes alone.</summary>
    LocalService,

    /// <summary>A NetworkPolicy keeps the workload from asking the DNS.</summary>
    PolicyOnDns,

    /// <summary>A NetworkPolicy keeps the workload out of what it calls.</summary>
    PolicyOnCallee,

    /// <summary>The certificate stands in the Secret of an Ingress that the line names.</summary>
    IngressCertificate,

    /// <summary>A NetworkPolicy keeps the workload in that calls a Service.</summary>
    PolicyOnCaller,

    /// <summary>The Service that is called leads to a port that its pods do not have.</summary>
    WrongTargetPort,

    /// <summary>What the Service that is called leads to runs the command of another workload.</summary>
    OtherCommand,

    /// <summary>A variable of the workload names a Service by a port that it does not have.</summary>
    OtherAddress,

    /// <summary>A NetworkPolicy keeps the workload in, whatever it calls.</summary>
    PolicyOnEgress,

    /// <summary>The certificate stands in a Secret that the line names.</summary>
    NamedCertificate,

    /// <summary>An Ingress leads to what the proxy names.</summary>
    Route,

    /// <summary>What the workload cannot use.</summary>
    Dependency,

    /// <summary>The Service that is called has no ready endpoint.</summary>
    EmptyService,

    /// <summary>What the Service that is called leads to has no ready pod.</summary>
    DownBackend,

    /// <summary>What the Service that is called leads to refuses connections.</summary>
    RefusingBackend,

    /// <summary>The workload does not ask the cluster's DNS.</summary>
    OwnDnsPolicy,

    /// <summary>The workload names a Service that does not exist.</summary>
    MissingService,

    /// <summary>The workload reads a Secret that was rotated.</summary>
    RotatedSecret,

    /// <summary>Nothing but the workload itself.</summary>
    Own,
}
