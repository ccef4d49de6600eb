using System.Net;

namespace Firstline.Host.Options;

/// <summary>Where an HTTP listener listens.</summary>
public sealed record ListenerOptions
{
    /// <summary>Loopback by default: what listens to the network is opened on purpose.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What the options that set address and port begin with, for messages.</summary>
    public string Option { get; init; } = "-";

    /// <summary>PEM file with the certificate chain; null serves plain HTTP. Read again when it changes.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>PEM file with the key.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>PEM file with the authority that issued the certificates of those who may connect; null when none is asked for. Read again when it changes.</summary>
    public string? TlsClientAuthorityFile { get; init; }
}
