using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Judges what a log tells by the objects around its workload: whether a policy, a Service, the DNS or the workload itself is at fault.</summary>
/// <remarks>A line of a log is anybody's text: it only ever points to objects that exist, or to a Service that does not, and objects alone decide what is said of them.</remarks>
public static partial class LogVerdicts
{
    /// <summary>The verdicts, the likeliest first; empty when the log tells nothing.</summary>
    public static ImmutableArray<LogVerdict> Of(LogSurveyFacts? survey, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(around);
        return survey is null ? [] :
        [
            .. survey.Signs.Where(IsTelling).SelectMany(sign => Of(survey, sign, around))
                .OrderByDescending(static v => v.Percent)
                .DistinctBy(static v => (v.Cause, v.Target.Kind, v.Target.Name)),
        ];
    }

    // Errors of no known kind are told by every application now and then: only when they are a good part of what it says.
    private static bool IsTelling(LogSign sign) => sign.Kind switch
    {
        LogTrouble.Errors => sign.Count >= 3 && sign.Count * 5 >= sign.Lines,
        LogTrouble.ConnectionRefused or LogTrouble.TimedOut or LogTrouble.UpstreamFailed => sign.Count >= 2 || sign.Lines <= 3,
        _ => true,
    };

    private static IEnumerable<LogVerdict> Of(LogSurveyFacts survey, LogSign sign, Surroundings around) => sign.Kind switch
    {
        LogTrouble.NameUnresolved => Name(survey, sign, around),
        LogTrouble.ConnectionRefused or LogTrouble.TimedOut or LogTrouble.UpstreamFailed or LogTrouble.Cascading => Call(survey, sign, around),
        LogTrouble.DatabaseUnavailable or LogTrouble.TlsHandshake => Dependency(survey, sign, around),
        LogTrouble.CertificateExpired or LogTrouble.CertificateInvalid or LogTrouble.IssuerNotReady => Certificate(survey, sign, around),
        LogTrouble.CredentialsRefused => Credentials(survey, sign, around),
        _ => [LogCauses.Own(survey, sign)],
    };

    private static IEnumerable<LogVerdict> Name(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        string who = $"{survey.Subject} cannot resolve a host name ({sign.Line})";
        foreach (ConfigMapFacts dns in around.DnsConfigs)
        {
            if (DnsConfigDetector.Fault(dns) is { } fault)
            {
                yield return new(dns.Ref, Causes.DnsMisconfigured, null, $"the DNS configuration in ConfigMap {dns.Ref.Name} {fault}; {who}", 92);
            }
        }

        foreach (PolicyFacts policy in Blocking(around, survey, static p => p.IsolatesEgress, static p => p.Egress, "53"))
        {
            yield return new(
                policy.Ref, Causes.NetworkPolicyDeny, null, $"NetworkPolicy {policy.Ref.Name} lets no egress to DNS (port 53) out of {survey.Subject}, so that names do not resolve: {sign.Line}", 90);
        }

        foreach (LogVerdict verdict in NameOfOwn(survey, sign, around))
        {
            yield return verdict;
        }

        yield return new(survey.Subject, Causes.DnsResolutionFailure, null, who, 70);
    }

    private static IEnumerable<LogVerdict> NameOfOwn(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        if (WorkloadOf(survey, around) is { } declared && (declared.DnsPolicy is "Default" or "None" || declared.DnsConfig.Length > 0))
        {
            yield return new(
                survey.Subject, Causes.WrongDnsPolicy, null, $"dnsPolicy {declared.DnsPolicy}{(declared.DnsConfig.Length > 0 ? $" with dnsConfig {declared.DnsConfig}" : "")} of {survey.Subject} does not ask the cluster's DNS: {sign.Line}", 84);
        }

        if (sign.About is { } host && ServiceName(host, survey) is { } missing && around.Services.All(s => s.Ref.Name != missing))
        {
            TargetRef service = new() { ApiVersion = "v1", Kind = "Service", Namespace = survey.Subject.Namespace, Name = missing };
            yield return new(service, Causes.ServiceMissing, null, $"Service {missing} does not exist, and {survey.Subject} needs it: {sign.Line}", 80);
        }
    }

    private static IEnumerable<LogVerdict> Call(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        if (LogCauses.Routed(survey, sign, around) is { } routed)
        {
            yield return routed;
            yield break;
        }

        ServiceFacts? callee = Callee(survey, sign, around);
        foreach (LogVerdict verdict in callee is null ? Unnamed(survey, sign, around) : Called(survey, sign, around, callee))
        {
            yield return verdict;
        }

        yield return LogCauses.Own(survey, sign);
    }

    // Nothing tells whom it called: a policy that lets nothing out explains it, and a variable that names a port that its Service does not have.
    private static IEnumerable<LogVerdict> Unnamed(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        foreach (PolicyFacts policy in Blocking(around, survey, static p => p.IsolatesEgress, static p => p.Egress, null))
        {
            yield return new(policy.Ref, Causes.NetworkPolicyDeny, null, $"NetworkPolicy {policy.Ref.Name} lets no egress out of {survey.Subject}: {sign.Line}", 85);
        }

        foreach (LogVerdict verdict in WrongAddress(survey, sign, around))
        {
            yield return verdict;
        }
    }

    private static IEnumerable<LogVerdict> Called(LogSurveyFacts survey, LogSign sign, Surroundings around, ServiceFacts callee)
    {
        (WorkloadFacts Facts, PodDeclaration Declared)? backend = Backend(callee, around);
        return
        [
            .. WrongAddress(survey, sign, around),
            .. CutOff(survey, sign, around, callee, backend?.Declared.Labels ?? callee.Selector),
            .. Misled(survey, sign, around, callee, backend?.Declared),
            .. around.ReadyEndpoints(callee) == 0
                ? [new(callee.Ref, Causes.ServiceNoEndpoints, null, $"Service {callee.Ref.Name} has no ready endpoint, and {survey.Subject} calls it: {sign.Line}", 78)]
                : backend is { } b ? LogCauses.Backend(survey, sign, callee, b.Facts, b.Declared, around) : [],
        ];
    }

    private static IEnumerable<LogVerdict> CutOff(LogSurveyFacts survey, LogSign sign, Surroundings around, ServiceFacts callee, IReadOnlyDictionary<string, string> labels) =>
    [
        .. around.Policies.Where(p => p.IsolatesIngress && p.Pods.Selects(labels) && !p.Ingress.Any(r => r.Allows(survey.Labels, survey.Subject.Namespace ?? "", null)))
            .Select(p => new LogVerdict(p.Ref, Causes.NetworkPolicyDeny, null, $"NetworkPolicy {p.Ref.Name} lets no ingress from {survey.Subject} to Service {callee.Ref.Name}: {sign.Line}", 90)),
        .. Blocking(around, survey, static p => p.IsolatesEgress, static p => p.Egress, null)
            .Select(p => new LogVerdict(p.Ref, Causes.NetworkPolicyDeny, null, $"NetworkPolicy {p.Ref.Name} lets no egress out of {survey.Subject}, which calls Service {callee.Ref.Name}: {sign.Line}", 88)),
    ];

    private static IEnumerable<LogVerdict> Misled(LogSurveyFacts survey, LogSign sign, Surroundings around, ServiceFacts callee, PodDeclaration? backend)
    {
        ImmutableArray<string> nodes = [.. around.Endpoints.Where(e => e.Service == callee.Ref.Name).SelectMany(static e => e.Nodes)];
        if (callee.IsLocalInside && survey.Node is { } node && !nodes.Contains(node))
        {
            yield return new(
                callee.Ref, Causes.ServiceTrafficPolicyLocal, null,
                $"Service {callee.Ref.Name} has internalTrafficPolicy Local and no endpoint on node {node} (only on {string.Join(", ", nodes)}), so that {survey.Subject} there cannot reach it: {sign.Line}", 92);
        }

        if (backend is not null && ServicePortDetector.Mismatch(callee, backend) is { } mismatch)
        {
            yield return new(callee.Ref, Causes.ServiceTargetPortMismatch, null, $"{mismatch}; {survey.Subject} fails to reach it: {sign.Line}", 88);
        }
    }

    private static IEnumerable<LogVerdict> Dependency(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        ServiceFacts? callee = Callee(survey, sign, around);
        WorkloadFacts? backend = callee is null ? null : Backend(callee, around)?.Facts;
        string? category = sign.Kind == LogTrouble.TlsHandshake ? "credentials" : null;
        if (backend is not null)
        {
            string tls = sign.Kind == LogTrouble.TlsHandshake ? " without the TLS that one of them requires" : "";
            yield return new(backend.Ref, Causes.DependencyUnavailable, category, $"{survey.Subject} cannot use {backend.Ref}{tls}: {sign.Line}", 82);
        }

        foreach (LogVerdict verdict in callee is null ? Unnamed(survey, sign, around) : Called(survey, sign, around, callee).Where(static v => v.Cause != Causes.InvalidCommand))
        {
            yield return verdict;
        }

        LogVerdict own = LogCauses.Own(survey, sign);
        yield return own with { Category = category ?? own.Category };
    }

    private static IEnumerable<LogVerdict> Certificate(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        string cause = sign.Kind switch
        {
            LogTrouble.CertificateExpired => Causes.CertExpired,
            LogTrouble.IssuerNotReady => Causes.CertIssuerNotReady,
            _ => Causes.CertInvalid,
        };
        string what = cause == Causes.CertExpired ? "the certificate has expired" : cause == Causes.CertIssuerNotReady ? "the issuer of the certificate is not ready" : "the certificate is invalid or not trusted";
        foreach ((IngressFacts ingress, IngressTls tls) in around.Ingresses.SelectMany(static i => i.Tls.Select(t => (i, t))))
        {
            if (tls.Hosts.Any(h => Mentions(sign.Line, h)) || Mentions(sign.Line, tls.Secret))
            {
                TargetRef secret = new() { ApiVersion = "v1", Kind = "Secret", Namespace = ingress.Ref.Namespace, Name = tls.Secret };
                yield return new(secret, cause, null, $"{what} in TLS Secret {tls.Secret} of Ingress {ingress.Ref.Name} for {string.Join(", ", tls.Hosts)}: {sign.Line}", 90);
                yield break;
            }
        }

        if (around.Secrets?.FirstOrDefault(s => Mentions(sign.Line, s.Ref.Name)) is { } named)
        {
            yield return new(named.Ref, cause, null, $"{what} in Secret {named.Ref.Name}: {sign.Line}", 85);
        }

        yield return new(survey.Subject, cause, null, $"{what} that {survey.Subject} uses or meets: {sign.Line}", 80);
    }

    private static IEnumerable<LogVerdict> Credentials(LogSurveyFacts survey, LogSign sign, Surroundings around)
    {
        ImmutableArray<ConfigReference> references = [.. (WorkloadOf(survey, around)?.Containers ?? []).SelectMany(static c => c.References).Where(static r => r.Kind == "Secret")];
        SecretFacts? rotated = around.Secrets?.FirstOrDefault(s => s.IsRotated && references.Any(r => r.Name == s.Ref.Name));
        string secret = rotated is not null ? $"; Secret {rotated.Ref.Name} was rotated, so that its pods may still hold the stale password until a restart"
            : references is [{ } first, ..] ? $"; they come from Secret {first.Name}" : "";
        yield return new(survey.Subject, Causes.InvalidCredentials, null, $"credentials (user, password or token) of {survey.Subject} are refused, authentication fails: {sign.Line}{secret}", 84);
        if (rotated is not null)
        {
            yield return new(survey.Subject, Causes.StaleSecret, null, $"{survey.Subject} still has the old password of Secret {rotated.Ref.Name}, which was rotated: {sign.Line}", 78);
        }
    }

    // A variable that names a Service by a port that it does not have.
    private static IEnumerable<LogVerdict> WrongAddress(LogSurveyFacts survey, LogSign sign, Surroundings around) =>
        from container in WorkloadOf(survey, around)?.Containers ?? []
        from variable in container.Variables
        from Match address in Address().Matches(variable.Value)
        let service = around.Services.FirstOrDefault(s => s.Ref.Name == address.Groups["host"].Value.Split('.')[0])
        where service is not null
        let port = int.Parse(address.Groups["port"].Value, CultureInfo.InvariantCulture)
        where !service.Ports.IsEmpty && service.Ports.All(p => p.Port != port)
        let named = sign.Port == port
        select new LogVerdict(
            survey.Subject, Causes.MisconfiguredAppConfig, "app-config",
            $"variable {variable.Key} of {survey.Subject} is {variable.Value}, but Service {service.Ref.Name} has port {string.Join(", ", service.Ports.Select(static p => p.Port))} and not port {port}: {sign.Line}",
            named ? 93 : 86);

    private static IEnumerable<PolicyFacts> Blocking(
        Surroundings around, LogSurveyFacts survey, Func<PolicyFacts, bool> isolates, Func<PolicyFacts, ImmutableArray<PolicyRule>> rules, string? port) =>
        around.Policies.Where(p => isolates(p) && p.Pods.Selects(survey.Labels) && !rules(p).Any(r => port is null || r.Ports.IsEmpty || r.Ports.Contains(port)));

    private static PodDeclaration? WorkloadOf(LogSurveyFacts survey, Surroundings around) =>
        around.Workloads.FirstOrDefault(w => w.Ref.Kind == survey.Subject.Kind && w.Ref.Name == survey.Subject.Name) is { } workload ? PodDeclaration.OfTemplate(workload.TemplateJson) : null;

    private static (WorkloadFacts Facts, PodDeclaration Declared)? Backend(ServiceFacts service, Surroundings around)
    {
        foreach (WorkloadFacts workload in around.Workloads)
        {
            PodDeclaration declared = PodDeclaration.OfTemplate(workload.TemplateJson);
            if (service.Selects(declared.Labels))
            {
                return (workload, declared);
            }
        }

        return null;
    }

    // The longest name that the line mentions; a workload's own Service is not what it calls.
    private static ServiceFacts? Callee(LogSurveyFacts survey, LogSign sign, Surroundings around) => around.Services
        .Where(s => !s.Selects(survey.Labels) && (Mentions(sign.Line, s.Ref.Name) || (s.Address is { Length: > 0 } address && Mentions(sign.Line, address))))
        .MaxBy(static s => s.Ref.Name.Length);

    // A name without a dot, or one of the cluster's own: the Service that it would be.
    private static string? ServiceName(string host, LogSurveyFacts survey)
    {
        string[] parts = host.Split('.');
        return parts.Length == 1 || (parts.Length > 2 && parts[2] == "svc" && parts[1] == survey.Subject.Namespace) || (parts.Length == 2 && parts[1] == survey.Subject.Namespace) ? parts[0] : null;
    }

    internal static bool Mentions(string line, string name)
    {
        for (int at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool begins = at == 0 || !IsPart(line[at - 1]);
            bool ends = at + name.Length == line.Length || !IsPart(line[at + name.Length]);
            if (begins && ends)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    [GeneratedRegex(@"(?<![\w.-])(?<host>[a-z][a-z0-9.-]{0,200}):(?<port>\d{2,5})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
