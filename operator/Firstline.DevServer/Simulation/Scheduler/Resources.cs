using System.Text.Json;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Scheduler;

/// <summary>Amounts of cpu (cores) and memory (bytes).</summary>
internal readonly record struct Resources(decimal Cpu, decimal Memory)
{
    public static Resources operator +(Resources one, Resources other) => new(one.Cpu + other.Cpu, one.Memory + other.Memory);

    public static Resources operator -(Resources one, Resources other) => new(one.Cpu - other.Cpu, one.Memory - other.Memory);

    public static Resources Read(JsonElement list) => new(Quantity.Parse(list.Text("cpu")) ?? 0, Quantity.Parse(list.Text("memory")) ?? 0);

    /// <summary>What a pod asks for: the sum of its containers, or the biggest init container.</summary>
    public static Resources OfPod(JsonElement spec)
    {
        Resources sum = default;
        foreach (JsonElement container in spec.Items("containers"))
        {
            sum += Read(container.At("resources", "requests"));
        }

        foreach (JsonElement init in spec.Items("initContainers"))
        {
            Resources asked = Read(init.At("resources", "requests"));
            sum = new Resources(Math.Max(sum.Cpu, asked.Cpu), Math.Max(sum.Memory, asked.Memory));
        }

        return sum;
    }
}
