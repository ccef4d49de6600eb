namespace Firstline.DevServer.Store;

/// <summary>A version was asked for that the history no longer holds.</summary>
internal sealed class VersionExpiredException(long asked, long oldest) : Exception($"too old resource version: {asked} ({oldest})");
