namespace Firstline.Kube.Informers;

internal readonly record struct StoreEntry<T>(T Value, string Uid, string Version)
    where T : class;
