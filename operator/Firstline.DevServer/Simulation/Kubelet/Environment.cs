using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Fills in a container's environment, or says what is missing as the kubelet says it.</summary>
internal static class Environment
{
    /// <returns>The variables, and null; or what keeps the container from being created.</returns>
    public static (ImmutableDictionary<string, string> Variables, string? Error) Resolve(ContainerPlan plan, string ns, ContentView view)
    {
        ImmutableDictionary<string, string>.Builder variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (EnvEntry entry in plan.Env)
        {
            if (Add(variables, entry, ns, view) is { } error)
            {
                return (ImmutableDictionary<string, string>.Empty, error);
            }
        }

        return (variables.ToImmutable(), null);
    }

    /// <summary>The facts that faults are judged by; contents of mounted objects as they are now, others as they were at the start.</summary>
    /// <param name="plan">The container.</param>
    /// <param name="atStart">The facts when it started; null when it starts now or its start was not seen.</param>
    /// <param name="variables">Its environment when it starts now.</param>
    /// <param name="view">Contents now.</param>
    public static ContainerFacts Facts(ContainerPlan plan, ContainerFacts? atStart, ImmutableDictionary<string, string> variables, ContentView view)
    {
        ImmutableDictionary<ContentKey, string>.Builder contents = ImmutableDictionary.CreateBuilder<ContentKey, string>();
        foreach (ContentKey key in plan.Faults.SelectMany(f => f.Conditions).OfType<FaultCondition.Content>().Select(c => c.Key))
        {
            bool isLive = atStart is null || plan.Mounted.Contains((key.Kind, key.Name));
            if ((isLive ? view.Find(key) : atStart!.Contents.GetValueOrDefault(key)) is { } content)
            {
                contents[key] = content;
            }
        }

        return new ContainerFacts(plan.Image, plan.MemoryLimit, atStart?.Env ?? variables, contents.ToImmutable());
    }

    private static string? Add(ImmutableDictionary<string, string>.Builder variables, EnvEntry entry, string ns, ContentView view)
    {
        switch (entry)
        {
            case EnvEntry.Literal literal:
                variables[literal.Name] = literal.Value;
                return null;
            case EnvEntry.FromKey from:
                return AddKey(variables, from, ns, view);
            case EnvEntry.FromAll from:
                return AddAll(variables, from, view);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string? AddKey(ImmutableDictionary<string, string>.Builder variables, EnvEntry.FromKey entry, string ns, ContentView view)
    {
        if (view.Find(entry.Source) is { } value)
        {
            variables[entry.Name] = value;
            return null;
        }

        if (entry.Optional)
        {
            return null;
        }

        ContentKey key = entry.Source;
        return view.Find(key.Kind, key.Name) is null ? NotFound(key.Kind, key.Name) : $"couldn't find key {key.Key} in {key.Kind} {ns}/{key.Name}";
    }

    private static string? AddAll(ImmutableDictionary<string, string>.Builder variables, EnvEntry.FromAll entry, ContentView view)
    {
        if (view.Find(entry.Kind, entry.Source) is not { } data)
        {
            return entry.Optional ? null : NotFound(entry.Kind, entry.Source);
        }

        foreach ((string key, string value) in data)
        {
            variables[entry.Prefix + key] = value;
        }

        return null;
    }

    /// <summary>The API server's words for a missing object, which the kubelet passes on.</summary>
    public static string NotFound(ContentKind kind, string name) => $"{(kind == ContentKind.Secret ? "secret" : "configmap")} \"{name}\" not found";
}
