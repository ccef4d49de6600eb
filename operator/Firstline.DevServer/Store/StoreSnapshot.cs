namespace Firstline.DevServer.Store;

/// <summary>The objects of one resource as they were at one version.</summary>
internal sealed record StoreSnapshot(long Version, ResourceObjects Objects);
