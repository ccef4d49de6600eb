using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Causes that a log tells of the workload itself, of what is behind a proxy, and of what a Service leads to.</summary>
internal static class LogCauses
{
    private static readonly ImmutableDictionary<LogTrouble, (string Cause, string? Category, string What, int Percent)> Table =
        new Dictionary<LogTrouble, (string Cause, string? Category, string What, int Percent)>
        {
            [LogTrouble.DiskFull] = (Causes.DiskFull, null, "has no space left on a volume or disk", 88),
            [LogTrouble.PortTaken] = (Causes.PortConflict, null, "cannot bind its port, since the address is already in use: two processes of its pod want one port", 90),
            [LogTrouble.TlsHandshake] = (Causes.DependencyUnavailable, "credentials", "fails in the TLS handshake with what it calls, or with its callers", 60),
            [LogTrouble.Forbidden] = (Causes.RbacForbidden, null, "is refused by RBAC (Forbidden): its ServiceAccount lacks a role for the request", 92),
            [LogTrouble.VariableMissing] = (Causes.MissingEnvVar, null, "lacks a required environment variable", 86),
            [LogTrouble.ConfigKeyMissing] = (Causes.MisconfiguredAppConfig, "config", "lacks a key in its configuration", 80),
            [LogTrouble.ConfigInvalid] = (Causes.MisconfiguredAppConfig, "app-config", "cannot read its configuration, or a value in it is wrong", 72),
            [LogTrouble.CommandInvalid] = (Causes.InvalidCommand, null, "runs a wrong command, script or argument (file not found or syntax)", 84),
            [LogTrouble.ImageFaulty] = (Causes.BadImage, null, "lacks in its image what it needs, or the image is for another platform", 80),
            [LogTrouble.NotPermitted] = (Causes.SecurityContext, null, "may not do what it needs: user, group, capability or read-only file system of its securityContext (permission denied)", 76),
            [LogTrouble.PoolExhausted] = (Causes.ConnectionPoolExhausted, null, "has exhausted its connection pool", 78),
            [LogTrouble.MemoryExhausted] = (Causes.MemoryLeak, null, "uses more and more memory (a leak, until OutOfMemory)", 76),
            [LogTrouble.DatabaseUnavailable] = (Causes.DependencyUnavailable, "app-logs", "cannot use its database: a connection cannot be had from the pool in time, or times out (timeout)", 70),
            [LogTrouble.ConnectionRefused] = (Causes.DependencyUnavailable, null, "cannot reach what it depends on: the connection is refused", 58),
            [LogTrouble.TimedOut] = (Causes.DependencyUnavailable, null, "cannot reach what it depends on in time (timeout)", 56),
            [LogTrouble.UpstreamFailed] = (Causes.DependencyUnavailable, null, "is a proxy for something that fails", 55),
            [LogTrouble.Cascading] = (Causes.CascadingFailure, null, "fails because a service behind it fails, and that through several services", 70),
            [LogTrouble.Throttled] = (Causes.CpuThrottling, null, "is throttled at its cpu limit", 80),
        }.ToImmutableDictionary();

    /// <summary>What the sign says of the workload itself.</summary>
    public static LogVerdict Own(LogSurveyFacts survey, LogSign sign)
    {
        (string cause, string? category, string what, int percent) = Table.GetValueOrDefault(sign.Kind, (Causes.AppErrorInLogs, null, "logs errors", 50));
        string about = sign.About is { } name && sign.Kind is LogTrouble.VariableMissing or LogTrouble.ConfigKeyMissing ? $" {sign.About}" : "";
        return new(survey.Subject, cause, category, $"{survey.Subject} {what}{about}: {sign.Line}", percent);
    }

    /// <summary>A proxy names its backend as <c>[NAMESPACE-SERVICE-PORT]</c>: the Ingress that sends there, when the backend's answer makes no sense.</summary>
    public static LogVerdict? Routed(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        if (sign.Kind != LogTrouble.UpstreamFailed || !sign.Line.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        (IngressFacts Ingress, IngressBackend Backend)? found = around.Ingresses
            .SelectMany(static i => i.Backends.Select(b => ((IngressFacts Ingress, IngressBackend Backend)?)(i, b)))
            .FirstOrDefault(p => sign.Line.Contains($"[{p!.Value.Ingress.Ref.Namespace}-{p.Value.Backend.Service}-{p.Value.Backend.Port}]", StringComparison.Ordinal));
        return found is not { } route ? null : new(
            route.Ingress.Ref, Causes.IngressWrongBackend, null,
            $"Ingress {route.Ingress.Ref.Name} routes path {route.Backend.Path} to backend Service {route.Backend.Service}, port {route.Backend.Port}, which does not answer as it should, so that it is likely the wrong one: {sign.Line}", 84);
    }

    /// <summary>What the workload behind a Service does wrong, when it takes no connection although its pods are ready.</summary>
    public static IEnumerable<LogVerdict> Backend(
        LogSurveyFacts survey, LogSign sign, ServiceFacts callee, WorkloadFacts backend, PodDeclaration declared, Surroundings around)
    {
        string? other = declared.Containers.Where(static c => !c.IsInit).Select(static c => c.Command.FirstOrDefault()?.Split('/')[^1]).OfType<string>()
            .FirstOrDefault(command => command != backend.Ref.Name && around.Workloads.Any(w => w.Ref.Name == command));
        if (other is not null)
        {
            yield return new(
                backend.Ref, Causes.InvalidCommand, null,
                $"{backend.Ref} runs the command {other}, which is that of another workload, so that nothing listens where Service {callee.Ref.Name} leads: {sign.Line}", 88);
        }

        if (sign.Kind == LogTrouble.ConnectionRefused)
        {
            yield return new(backend.Ref, Causes.DependencyUnavailable, null, $"{backend.Ref} takes no connection although its pods are ready, and {survey.Subject} depends on it: {sign.Line}", 66);
        }
    }
}
