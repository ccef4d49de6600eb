namespace Firstline.Host.Http;

/// <summary>One thing that a listener serves.</summary>
internal sealed record HttpRoute(string Method, string Path, RequestDelegate Handler);
