using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Faults;

/// <summary>What conditions of faults are judged by.</summary>
/// <param name="Image">The container's image.</param>
/// <param name="MemoryLimit">Its memory limit in bytes; null for none.</param>
/// <param name="Env">Its environment, with values from ConfigMaps and Secrets filled in.</param>
/// <param name="Contents">The keys that conditions name; a key that does not exist is not in it.</param>
internal sealed record ContainerFacts(
    string Image, decimal? MemoryLimit, ImmutableDictionary<string, string> Env, ImmutableDictionary<ContentKey, string> Contents);
