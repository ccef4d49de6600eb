using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.Host.Tests.Http;

/// <summary>A server's certificate that an intermediate authority issued, as most issuers do.</summary>
internal sealed class TestChain : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);

    private TestChain(X509Certificate2 root, string pem, string keyPem) => (Root, Pem, KeyPem) = (root, pem, keyPem);

    /// <summary>What those who connect trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>The server's certificate and then the intermediate's, as issuers write the file.</summary>
    public string Pem { get; }

    public string KeyPem { get; }

    public static TestChain Create()
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 root = Authority("root", rootKey).CreateSelfSigned(From, From.AddDays(9));
        using X509Certificate2 issued = Authority("middle", middleKey).Create(root, From, From.AddDays(8), [1]);
        using X509Certificate2 middle = issued.CopyWithPrivateKey(middleKey);
        CertificateRequest server = new("CN=firstline", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using X509Certificate2 leaf = server.Create(middle, From, From.AddDays(7), [2]);
        return new(root, leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Root.Dispose();

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
