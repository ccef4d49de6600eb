using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds the objects that bear on what a log tells: a policy, a Service, the DNS, a certificate, or nothing but the workload itself.</summary>
/// <remarks>A line of a log is anybody's text: it only ever points to objects that exist, or to a Service that does not, and objects alone decide what is said of them.</remarks>
public static class LogClues
{
    /// <summary>The clues, the most exact first; empty when the log tells nothing. The last of each sign is the workload itself.</summary>
    public static ImmutableArray<LogClue> Of(LogSurveyFacts? survey, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(around);
        return survey is null ? [] : [.. survey.Signs.Where(IsTelling).SelectMany(sign => Of(new LogView(survey, sign, around))).OrderBy(static c => c.Kind)];
    }

    // Errors of no known kind are told by every application now and then: only when they are a good part of what it says.
    private static bool IsTelling(LogSign sign) => sign.Kind switch
    {
        LogTrouble.Errors => sign.Count >= 3 && sign.Count * 5 >= sign.Lines,
        LogTrouble.ConnectionRefused or LogTrouble.TimedOut or LogTrouble.UpstreamFailed => sign.Count >= 2 || sign.Lines <= 3,
        _ => true,
    };

    private static ImmutableArray<LogClue> Of(LogView view) =>
    [
        .. view.Sign.Kind switch
        {
            LogTrouble.NameUnresolved => Name(view),
            LogTrouble.ConnectionRefused or LogTrouble.TimedOut or LogTrouble.UpstreamFailed or LogTrouble.Cascading
                or LogTrouble.DatabaseUnavailable or LogTrouble.TlsHandshake => CallClues.Of(view),
            LogTrouble.CertificateExpired or LogTrouble.CertificateInvalid or LogTrouble.IssuerNotReady => Certificate(view),
            LogTrouble.CredentialsRefused => Rotated(view),
            _ => [],
        },
        view.Clue(LogClueKind.Own, view.Subject, OwnFact(view)),
    ];

    private static string OwnFact(LogView view) => view.Sign.Kind switch
    {
        LogTrouble.CredentialsRefused or LogTrouble.CredentialsStale => Source(view),
        LogTrouble.PortTaken => SharedPort(view),
        LogTrouble.PlatformWrong => Architecture(view),
        _ => "",
    };

    private static string SharedPort(LogView view) => (
        from container in view.Declared?.Containers ?? []
        from port in container.Ports.Distinct()
        group container.Name by port into users
        where users.Count() > 1
        select $"containers {string.Join(" and ", users)} both declare port {users.Key}").FirstOrDefault() ?? "";

    private static string Architecture(LogView view) =>
        view.Around.Nodes.FirstOrDefault(n => n.Ref.Name == view.Survey.Node)?.Labels.GetValueOrDefault("kubernetes.io/arch") is { } arch ? $"node {view.Survey.Node} is {arch}" : "";

    private static IEnumerable<LogClue> Name(LogView view) =>
    [
        .. from dns in view.Around.DnsConfigs
           let fault = DnsConfigDetector.Fault(dns)
           where fault is not null
           select view.Clue(LogClueKind.BrokenDns, dns.Ref, $"the DNS configuration in ConfigMap {dns.Ref.Name} {fault}, and {view.Subject} cannot resolve a host name"),
        .. view.Blocking("53").Select(p => view.Clue(
            LogClueKind.PolicyOnDns, p.Ref, $"NetworkPolicy {p.Ref.Name} lets no egress to DNS (port 53) out of {view.Subject}, so that names do not resolve")),
        .. OwnDns(view),
        .. Missing(view),
    ];

    private static IEnumerable<LogClue> OwnDns(LogView view)
    {
        if (view.Declared is { } declared && (declared.DnsPolicy is "Default" or "None" || declared.DnsConfig.Length > 0))
        {
            string config = declared.DnsConfig.Length > 0 ? $" with dnsConfig {declared.DnsConfig}" : "";
            yield return view.Clue(LogClueKind.OwnDnsPolicy, view.Subject, $"dnsPolicy {declared.DnsPolicy}{config} of {view.Subject} does not ask the cluster's DNS");
        }
        else if (view.Declared is { HostNetwork: true, DnsPolicy: "ClusterFirst" } && view.Sign.About is { } host && ServiceName(host, view.Subject) is not null)
        {
            yield return view.Clue(
                LogClueKind.OwnDnsPolicy, view.Subject,
                $"dnsPolicy ClusterFirst of {view.Subject} counts as Default on the node's network (hostNetwork), where only ClusterFirstWithHostNet asks the cluster's DNS");
        }
    }

    private static IEnumerable<LogClue> Missing(LogView view)
    {
        if (view.Sign.About is { } host && ServiceName(host, view.Subject) is { } missing && view.Around.Services.All(s => s.Ref.Name != missing))
        {
            TargetRef service = new() { ApiVersion = "v1", Kind = "Service", Namespace = view.Subject.Namespace, Name = missing };
            yield return view.Clue(LogClueKind.MissingService, service, $"Service {missing} does not exist, and {view.Subject} needs it");
        }
    }

    // A name without a dot, or one of the cluster's own: the Service that it would be.
    private static string? ServiceName(string host, TargetRef subject)
    {
        string[] parts = host.Split('.');
        bool isOwn = parts.Length == 1 || (parts[1] == subject.Namespace && (parts.Length == 2 || parts[2] == "svc"));
        return isOwn ? parts[0] : null;
    }

    private static IEnumerable<LogClue> Certificate(LogView view) =>
    [
        .. (from ingress in view.Around.Ingresses
            from tls in ingress.Tls
            where tls.Hosts.Any(view.Mentions) || view.Mentions(tls.Secret)
            let secret = new TargetRef { ApiVersion = "v1", Kind = "Secret", Namespace = ingress.Ref.Namespace, Name = tls.Secret }
            select view.Clue(LogClueKind.IngressCertificate, secret, $"TLS Secret {tls.Secret} of Ingress {ingress.Ref.Name} for {string.Join(", ", tls.Hosts)}")).Take(1),
        .. (view.Around.Secrets ?? []).Where(s => view.Mentions(s.Ref.Name)).Take(1).Select(s => view.Clue(LogClueKind.NamedCertificate, s.Ref, $"Secret {s.Ref.Name}")),
    ];

    private static ImmutableArray<string> SecretsOf(LogView view) =>
        [.. (view.Declared?.Containers ?? []).SelectMany(static c => c.References).Where(static r => r.Kind == "Secret").Select(static r => r.Name)];

    private static string Source(LogView view) => SecretsOf(view) is [{ } first, ..] ? $"they come from Secret {first}" : "";

    private static IEnumerable<LogClue> Rotated(LogView view) =>
        from secret in (view.Around.Secrets ?? []).Where(s => s.IsRotated && SecretsOf(view).Contains(s.Ref.Name)).Take(1)
        select view.Clue(LogClueKind.RotatedSecret, view.Subject, $"Secret {secret.Ref.Name} was rotated, and {view.Subject} reads it at its start");
}
