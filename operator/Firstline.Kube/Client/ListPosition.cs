namespace Firstline.Kube.Client;

/// <summary>Where a list page ends.</summary>
/// <param name="ResourceVersion">Version of the collection; a watch starts from it.</param>
/// <param name="Continue">Token of the next page; empty on the last one.</param>
internal readonly record struct ListPosition(string ResourceVersion, string Continue);
