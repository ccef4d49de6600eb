using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>An object as this process wrote it last.</summary>
internal readonly record struct WrittenObject(ResourceType Type, NamespacedName Key, string Uid, string ResourceVersion);
