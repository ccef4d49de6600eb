namespace Firstline.Host.Http;

/// <summary>One thing that a listener serves. A path that ends with / stands for all that has one more part.</summary>
internal sealed record HttpRoute(string Method, string Path, RequestDelegate Handler)
{
    /// <summary>True for the path of a request to it.</summary>
    public bool Serves(PathString path) =>
        path.Value is { } asked && (Path.EndsWith('/') ? asked.Length > Path.Length && asked.StartsWith(Path, StringComparison.Ordinal) && !asked[Path.Length..].Contains('/') : asked == Path);
}
