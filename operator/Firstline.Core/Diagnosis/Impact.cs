using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>How much of a service is down, who uses it, and where: what a severity is worked out from.</summary>
/// <param name="Down">Pods that do not serve.</param>
/// <param name="All">Pods that should.</param>
/// <param name="Behind">The Service that they are behind; null for none.</param>
/// <param name="UserFacing">Why people outside use it; null when nothing says so.</param>
/// <param name="Environment">Its environment; null when no label names it.</param>
internal sealed record Impact(int Down, int All, ServiceFacts? Behind, string? UserFacing, string? Environment)
{
    /// <summary>Share that is down, in [0, 1]; 0 when there is nothing that should serve.</summary>
    public double Share => All == 0 ? 0 : (double)Down / All;

    /// <summary>True when pods should serve and none does.</summary>
    public bool IsOutage => All > 0 && Down == All;

    /// <summary>The numbers, as the beginning of a sentence.</summary>
    public string Numbers => string.Create(
        CultureInfo.InvariantCulture,
        $"{Down} of {Counted.Of(All, "pod")}{(Behind is null ? "" : $" behind Service {Behind.Ref.Name}")} {Counted.Noun(Down, "is", "are")} down ({100 * Share:0} %)");

    /// <summary>What is known of users and environment, as the end of a sentence.</summary>
    public string Reach => $"{UserFacing ?? "nothing shows that people outside use it"}; {(Environment is null ? "no label names its environment, so that it is taken for production" : $"its environment is {Environment}")}";

    /// <summary>The impact of the workload's trouble: that on the Service of which most is down, or on the workload where no Service selects its pods.</summary>
    public static Impact Of(Situation situation, WorkloadFacts workload) => AllOf(situation, workload)[0];

    /// <summary>The impact on each Service that selects its pods, the worst first; on the workload itself where none does.</summary>
    public static ImmutableArray<Impact> AllOf(Situation situation, WorkloadFacts workload)
    {
        int missing = Math.Max(0, workload.DesiredPods - workload.ReadyPods);
        ImmutableArray<ServiceFacts> services = ServicesOf(situation, workload);
        Impact own = new(missing, workload.DesiredPods, null, UserFacingBy(situation, workload, services), EnvironmentMark.Of(workload.Labels) ?? situation.Environment);
        return services.IsEmpty ? [own] : [.. services.Select(s => own.On(s, situation.Around)).OrderByDescending(static i => i.Share).ThenBy(static i => i.Behind!.Ref.Name, StringComparer.Ordinal)];
    }

    /// <summary>The impact on the Service itself.</summary>
    public static Impact Of(Situation situation, ServiceFacts service)
    {
        Impact none = new(0, 0, service, UserFacingBy(situation, null, [service]), situation.Environment);
        return none.On(service, situation.Around);
    }

    // Pods that were never made are in no EndpointSlice.
    private Impact On(ServiceFacts service, Surroundings around)
    {
        int ready = around.ReadyEndpoints(service);
        int unready = around.Endpoints.Where(e => e.Service == service.Ref.Name).Sum(static e => e.Unready);
        int all = ready + Math.Max(unready, Down);
        return this with { Down = all - ready, All = all, Behind = service };
    }

    private static ImmutableArray<ServiceFacts> ServicesOf(Situation situation, WorkloadFacts workload)
    {
        ImmutableSortedDictionary<string, string> labels = PodDeclaration.OfTemplate(workload.TemplateJson).Labels;
        return [.. situation.Around.Services.Where(s => s.Selects(labels))];
    }

    private static string? UserFacingBy(Situation situation, WorkloadFacts? workload, ImmutableArray<ServiceFacts> services)
    {
        if (workload is not null && EnvironmentMark.IsUserFacing(workload.Labels) is { } declared)
        {
            return declared ? $"the label {EnvironmentMark.UserFacing} says that people outside use it" : null;
        }

        return situation.Around.Ingresses.FirstOrDefault(i => services.Any(s => s.Ref.Namespace == i.Ref.Namespace && i.Backends.Any(b => b.Service == s.Ref.Name))) is { } ingress
            ? $"people outside use it through Ingress {ingress.Ref.Name}"
            : services.FirstOrDefault(static s => s.Type is "LoadBalancer" or "NodePort") is { } open ? $"people outside use it through Service {open.Ref.Name} ({open.Type})"
            : null;
    }
}
