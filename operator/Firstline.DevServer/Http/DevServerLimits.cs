using System.Collections.Immutable;

namespace Firstline.DevServer.Http;

/// <summary>What a cluster does and this server does not: said at start, so that nobody takes it for the real thing.</summary>
internal static class DevServerLimits
{
    public static readonly ImmutableArray<string> Sentences =
    [
        "CEL rules of CustomResourceDefinitions are stored and served but not evaluated, except \"self == oldSelf\": an object that another rule forbids is accepted here.",
        "Admission policies and webhooks are stored but not called; no API server vouches here for who approved.",
        "RBAC objects are stored but not enforced: every known user may do everything, unless the options have a rule.",
        "No controllers and no kubelets are inside: the simulation plays them as a client of the API.",
        "Container logs come from pod annotations (fake/log...); exec, attach, port-forward and proxy are not served.",
        "Conversion webhooks are not called: versions of a custom resource differ in their apiVersion alone.",
        "LimitRanges, ResourceQuotas and PriorityClasses are stored but not enforced.",
        "Tokens of service accounts are opaque and end with the process.",
        "Answers are JSON, never protobuf; bodies in protobuf are understood for the kinds that kubectl's typed commands send.",
    ];
}
