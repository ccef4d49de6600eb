using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.DevServer.Http.Security;

/// <summary>A certificate authority and a server certificate for loopback, known to nobody else.</summary>
internal sealed class ServerCertificate : IDisposable
{
    /// <summary>A certificate that ends within this time is made anew.</summary>
    public static readonly TimeSpan Reserve = TimeSpan.FromDays(30);

    private readonly X509Certificate2 _authority;

    private ServerCertificate(X509Certificate2 authority, X509Certificate2 server) => (_authority, Server) = (authority, server);

    public X509Certificate2 Server { get; }

    /// <summary>What clients trust, in PEM.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>The authority with its key, for the next run.</summary>
    public string AuthorityWithKeyPem => WithKey(_authority);

    /// <summary>The server's certificate with its key, for the next run.</summary>
    public string ServerWithKeyPem => WithKey(Server);

    /// <param name="now">The time.</param>
    /// <param name="authorityPem">An authority with its key of a run before; null for none.</param>
    /// <param name="serverPem">A server's certificate with its key of a run before; null for none.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The result owns both and disposes them.")]
    public static ServerCertificate Create(DateTimeOffset now, string? authorityPem = null, string? serverPem = null)
    {
        X509Certificate2 authority = Good(authorityPem, now) ?? NewAuthority(now);
        return new ServerCertificate(authority, KeptServer(serverPem, authority, now) ?? NewServer(authority, now));
    }

    public void Dispose()
    {
        Server.Dispose();
        _authority.Dispose();
    }

    private static X509Certificate2 NewAuthority(DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=firstline-dev-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(now.AddHours(-1), now.AddYears(10));
    }

    private static X509Certificate2 NewServer(X509Certificate2 authority, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=firstline-dev-server", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        DateTimeOffset last = new(authority.NotAfter.ToUniversalTime());
        DateTimeOffset until = now.AddYears(1) < last ? now.AddYears(1) : last;
        DateTimeOffset first = new(authority.NotBefore.ToUniversalTime());
        using X509Certificate2 signed = request.Create(authority, first > now.AddHours(-1) ? first : now.AddHours(-1), until, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    private static X509Certificate2? KeptServer(string? pem, X509Certificate2 authority, DateTimeOffset now)
    {
        X509Certificate2? kept = Good(pem, now);
        if (kept is null || IsSignedBy(kept, authority, now))
        {
            return kept;
        }

        kept.Dispose();
        return null;
    }

    /// <summary>Null when the text is no certificate with its key, or one that is not valid for a while yet.</summary>
    private static X509Certificate2? Good(string? pem, DateTimeOffset now)
    {
        try
        {
            X509Certificate2? found = pem is null ? null : X509Certificate2.CreateFromPem(pem, pem);
            if (found is not null && (found.NotBefore.ToUniversalTime() > now.UtcDateTime || found.NotAfter.ToUniversalTime() < (now + Reserve).UtcDateTime))
            {
                found.Dispose();
                return null;
            }

            return found;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsSignedBy(X509Certificate2 server, X509Certificate2 authority, DateTimeOffset now)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(server);
    }

    private static string WithKey(X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
