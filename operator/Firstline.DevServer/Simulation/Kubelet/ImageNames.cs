using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Image names and the runtime's words about them.</summary>
internal static class ImageNames
{
    /// <summary>The full name: <c>nginx</c> is <c>docker.io/library/nginx:latest</c>.</summary>
    public static string Canonical(string image)
    {
        string[] parts = image.Split('/', 2);
        bool hasHost = parts.Length == 2 && (parts[0].Contains('.', StringComparison.Ordinal) || parts[0].Contains(':', StringComparison.Ordinal) || parts[0] == "localhost");
        string named = hasHost ? image : parts.Length == 2 ? $"docker.io/{image}" : $"docker.io/library/{image}";
        string last = named[(named.LastIndexOf('/') + 1)..];
        return last.Contains(':', StringComparison.Ordinal) || last.Contains('@', StringComparison.Ordinal) ? named : named + ":latest";
    }

    /// <summary>Why containerd could not pull it.</summary>
    public static string PullFailure(string image, PullError error)
    {
        string name = Canonical(image);
        string resolve = $"failed to pull and unpack image \"{name}\": failed to resolve reference \"{name}\": ";
        string host = name[..name.IndexOf('/', StringComparison.Ordinal)];
        return error switch
        {
            PullError.NotFound => $"rpc error: code = NotFound desc = {resolve}{name}: not found",
            PullError.Unauthorized => $"{resolve}pull access denied, repository does not exist or may require authorization: "
                + "server message: insufficient_scope: authorization failed",
            _ => $"{resolve}failed to do request: Head \"https://{host}/v2/\": dial tcp: lookup {host}: no such host",
        };
    }
}
