using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>
/// A folder as the kubelet writes it: each file is a link to <c>..data/file</c>, <c>..data</c> is a link to a folder with a time in its
/// name, and an update swaps <c>..data</c> alone, so that the file's own link never changes.
/// </summary>
internal sealed class MountedSecret : IDisposable
{
    private static readonly DateTime Written = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("firstline-mount-");
    private int _version;

    public string Folder => _folder.FullName;

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Swaps in a new content; all versions bear the same time of writing, and may be equally long.</summary>
    public void Update(params (string Name, string Content)[] files)
    {
        string version = Directory.CreateDirectory(File($"..version_{_version++}")).FullName;
        foreach ((string name, string content) in files)
        {
            string target = Path.Combine(version, name);
            System.IO.File.WriteAllText(target, content);
            System.IO.File.SetLastWriteTimeUtc(target, Written);
            if (new FileInfo(File(name)).LinkTarget is null)
            {
                System.IO.File.CreateSymbolicLink(File(name), Path.Combine("..data", name));
            }
        }

        Break();
        System.IO.File.CreateSymbolicLink(File("..data"), Path.GetFileName(version));
    }

    /// <summary>Leaves the links pointing nowhere.</summary>
    public void Break() => System.IO.File.Delete(File("..data"));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A certificate of this name as PEM.</summary>
    public static string Certificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
