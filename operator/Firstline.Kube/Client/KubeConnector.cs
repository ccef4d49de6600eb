using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Firstline.Kube.Config;

namespace Firstline.Kube.Client;

/// <summary>
/// Opens connections: TCP with keep-alive, then TLS checked against the given authorities. Authorities and client certificates are read
/// at each connect, so that rotated ones are used without a restart.
/// </summary>
internal sealed class KubeConnector(ClusterAccess access, TimeSpan timeout, TimeProvider clock)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        using CancellationTokenSource limit = new(timeout, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await OpenAsync(context, linked.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new KubeException(
                KubeErrorKind.Unreachable, $"{access.Source} points to {Address}, which did not answer within {timeout.TotalSeconds:0} s", null, e);
        }
        catch (SocketException e)
        {
            throw new KubeException(KubeErrorKind.Unreachable, $"{access.Source} points to {Address}, {Describe(e)}", null, e);
        }
        catch (AuthenticationException e)
        {
            throw new KubeException(
                KubeErrorKind.Unreachable, $"{access.Source} points to {Address}, whose TLS certificate is not accepted: {e.Message}", null, e);
        }
    }

    private string Address => access.Server.GetLeftPart(UriPartial.Authority);

    private async Task<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        Stream? stream = null;
        try
        {
            stream = new NetworkStream(await DialAsync(context, ct), ownsSocket: true);
            if (access.Server.Scheme == Uri.UriSchemeHttps)
            {
                SslStream tls = new(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(await TlsOptionsAsync(ct), ct);
            }

            (Stream opened, stream) = (stream, null);
            return opened;
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
        }
    }

    private static async Task<Socket> DialAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)KeepAlive.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            (Socket connected, socket) = (socket, null);
            return connected;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static string Describe(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "where nothing listens: start the cluster, or choose another context or file",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "a host name that cannot be resolved: check the server's address and DNS",
        _ => $"which cannot be reached: {e.Message}",
    };

    private async Task<SslClientAuthenticationOptions> TlsOptionsAsync(CancellationToken ct)
    {
        Credential credential = await access.Credentials.GetAsync(ct);
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = access.TlsServerName ?? access.Server.IdnHost,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            ClientCertificates = credential.Certificate is { } certificate ? [certificate] : null,
            LocalCertificateSelectionCallback = credential.Certificate is { } own ? (_, _, _, _, _) => own : null,
        };
        if (access.IsInsecure)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => access.IsInsecure;   // only where the kubeconfig says so
        }
        else if (access.Authorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities());
        }

        return options;
    }
}
