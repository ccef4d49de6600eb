using System.Security.Cryptography.X509Certificates;

namespace Firstline.Kube.Config;

/// <summary>What proves to the API server who asks. Not a record, so that it never prints itself.</summary>
public sealed class Credential
{
    private static long _issued;

    /// <summary>Nobody: requests are anonymous.</summary>
    public static readonly Credential Anonymous = new();

    /// <summary>Bearer token; null when there is none.</summary>
    public string? Token { get; init; }

    /// <summary>User and password for HTTP basic authentication, already encoded; null when there is none.</summary>
    public string? Basic { get; init; }

    /// <summary>Client certificate with its key; null when there is none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Grows with each credential of this process: of two, the one with the larger number was made later.</summary>
    internal long Order { get; } = Interlocked.Increment(ref _issued);
}
