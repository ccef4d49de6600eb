namespace Firstline.DevServer.Http;

/// <summary>How clients reach the server.</summary>
public enum TransportSecurity
{
    /// <summary>HTTPS; the kubeconfig carries the certificate authority.</summary>
    Tls,

    /// <summary>Plain HTTP, for tests that read the wire.</summary>
    None,
}
