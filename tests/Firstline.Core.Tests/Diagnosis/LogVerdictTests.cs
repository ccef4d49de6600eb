using Firstline.Core.Detection;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis;

/// <summary>What a line of a healthy workload's log, with the objects around it, is held to mean, and on which object it is reported.</summary>
public sealed class LogVerdictTests
{
    private const string Refused = "dial tcp 10.0.0.9:6379: connect: connection refused (cache:6379)";

    /// <summary>A sentence, the objects around, the line (told in three of three lines), the object that it is reported on, and the likeliest cause and object.</summary>
    public static TheoryData<string, Surroundings, string, string?, string?> Lines { get; } = new()
    {
        { "a disk is full", Nothing, "write /data/x: no space left on device", "Deployment/web", "DiskFull Deployment/web" },
        { "a port is taken", Nothing, "listen tcp :8080: bind: address already in use", "Deployment/web", "PortConflict Deployment/web" },
        { "RBAC refuses", Nothing, "pods is forbidden: User \"system:serviceaccount:shop:web\" cannot list resource \"pods\" in API group \"\"", "Deployment/web", "RBACForbidden Deployment/web" },
        { "a password is wrong", Nothing, "FATAL: password authentication failed for user \"shop\"", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "a password was rotated", Reading(rotated: true), "FATAL: password authentication failed for user \"shop\"", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "a password is from before a rotation", Reading(rotated: true), "WARN the token is older than Secret db: it was rotated after this process started", "Deployment/web", "StaleSecret Deployment/web" },
        { "a variable is missing", Nothing, "error: environment variable DATABASE_URL is not set", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "a key is missing", Nothing, "missing required config key: upstream.url", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "a file cannot be parsed", Nothing, "failed to parse config.yaml: line 3", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "a flag is wrong", Nothing, "unknown flag: --verbos", "Deployment/web", "InvalidCommand Deployment/web" },
        { "a library is not in the image", Nothing, "ModuleNotFoundError: No module named 'flask'", "Deployment/web", "BadImage Deployment/web" },
        { "a shared library is not in the image", Nothing, "/bin/probe: error while loading shared libraries: libpcap.so.1: cannot open shared object file: No such file or directory", "Deployment/web", "BadImage Deployment/web" },
        { "a library for PHP is not in the image", Nothing, "PHP Fatal error: Uncaught Error: Class \"App\\Kernel\" not found", "Deployment/web", "BadImage Deployment/web" },
        { "an assembly is not in the image", Nothing, "System.IO.FileNotFoundException: Could not load file or assembly 'Shop.Core, Version=1.0.0.0'", "Deployment/web", "BadImage Deployment/web" },
        { "a gem is not in the image", Nothing, "cannot load such file -- sinatra (LoadError)", "Deployment/web", "BadImage Deployment/web" },
        { "a program is for another architecture", Nothing, "exec /usr/local/bin/app: exec format error", "Deployment/web", "UnsupportedArchitecture Deployment/web" },
        { "a user may not write", Nothing, "open /var/run/app.pid: permission denied", "Deployment/web", "SecurityContext Deployment/web" },
        { "a pool is empty", Nothing, "HikariPool-1 - Connection is not available, request timed out: connection pool exhausted", "Deployment/web", "ConnectionPoolExhausted Deployment/web" },
        { "a pool of another name is empty", Nothing, "main-pool - Connection is not available, request timed out after 30001ms (total=10, active=10, idle=0, waiting=37)", "Deployment/web", "ConnectionPoolExhausted Deployment/web" },
        { "a pool of Node is empty", Nothing, "SequelizeConnectionAcquireTimeoutError: Operation timeout: timeout acquiring a connection", "Deployment/web", "ConnectionPoolExhausted Deployment/web" },
        { "a pool of .NET is empty", Nothing, "System.InvalidOperationException: Timeout expired. The timeout period elapsed prior to obtaining a connection from the pool", "Deployment/web", "ConnectionPoolExhausted Deployment/web" },
        { "memory grows", Nothing, "java.lang.OutOfMemoryError: Java heap space", "Deployment/web", "MemoryLeak Deployment/web" },
        { "cpu is throttled", Nothing, "cpu throttling detected: 84 % of periods", "Deployment/web", "CPUThrottling Deployment/web" },
        { "several services fail", Nothing, "circuit breaker open for orders: downstream service orders failed", "Deployment/web", "CascadingFailure Deployment/web" },
        { "a certificate has expired", Nothing, "x509: certificate has expired or is not yet valid", "Deployment/web", "CertExpired Deployment/web" },
        { "the certificate of an Ingress has expired", Routed with { Ingresses = [GivenAround.Ingress()] }, "certificate for shop.example has expired: certificate has expired", "Secret/web-tls", "CertExpired Secret/web-tls" },
        { "a certificate in a Secret that it names is not trusted", Nothing with { Secrets = [Secret("db-ca")] }, "db-ca: certificate signed by unknown authority", "Secret/db-ca", "CertInvalid Secret/db-ca" },
        { "an issuer cannot register, for want of trust", Nothing, "E1120 controller.go:157 err=\"clusterissuer acme-prod not ready: x509: certificate signed by unknown authority\"", "Deployment/web", "CertIssuerNotReady Deployment/web" },
        { "an issuer is not ready", Nothing, "clusterissuer letsencrypt is not ready", "Deployment/web", "CertIssuerNotReady Deployment/web" },
        { "a name does not resolve and nothing shows why", Nothing, "lookup db.example.com on 10.96.0.10:53: no such host", "Deployment/web", "DNSResolutionFailure Deployment/web" },
        { "a name is that of a Service that does not exist", Nothing, "lookup orders on 10.96.0.10:53: no such host", "Deployment/web", "ServiceMissing Service/orders" },
        { "the cluster's DNS asks itself", Nothing with { DnsConfigs = [Dns(".:53 {\nkubernetes cluster.local\nforward . 127.0.0.1\n}")] }, "lookup db.example.com: no such host", "ConfigMap/coredns", "DNSMisconfigured ConfigMap/coredns" },
        { "a policy lets no question to the DNS out", Nothing with { Policies = [Egress("443")] }, "lookup db.example.com: no such host", "NetworkPolicy/guard", "NetworkPolicyDeny NetworkPolicy/guard" },
        { "a policy lets questions to the DNS out", Nothing with { Policies = [Egress("53")] }, "lookup db.example.com: no such host", "Deployment/web", "DNSResolutionFailure Deployment/web" },
        { "it does not ask the cluster's DNS", Nothing with { Workloads = [Workload() with { TemplateJson = """{"spec":{"dnsPolicy":"Default"}}""" }] }, "lookup db.example.com: no such host", "Deployment/web", "WrongDNSPolicy Deployment/web" },
        { "it is on the node's network and does not ask the cluster's DNS", Nothing with { Workloads = [Workload() with { TemplateJson = """{"spec":{"hostNetwork":true}}""" }], Services = [Service("orders", "orders", 80, "80")] }, "lookup orders on 192.168.1.1:53: no such host", "Deployment/web", "WrongDNSPolicy Deployment/web" },
        { "it is on the node's network, and the name is not of the cluster", Nothing with { Workloads = [Workload() with { TemplateJson = """{"spec":{"hostNetwork":true}}""" }] }, "lookup db.example.com on 192.168.1.1:53: no such host", "Deployment/web", "DNSResolutionFailure Deployment/web" },
        { "nothing tells whom it called", Nothing, "connection refused", "Deployment/web", "DependencyUnavailable Deployment/web" },
        { "nothing tells whom it called, and a policy lets some of it out", Nothing with { Policies = [Egress("8443")] }, "connection refused", "Deployment/web", "DependencyUnavailable Deployment/web" },
        { "nothing tells whom it called, and a policy lets nothing out", Nothing with { Policies = [Egress()] }, "connection refused", "NetworkPolicy/guard", "NetworkPolicyDeny NetworkPolicy/guard" },
        { "what it calls has no ready pod", Calling(endpoints: 0, ready: 0), Refused, "Deployment/cache", "DependencyUnavailable Deployment/web" },
        { "a line tells of a chain, of which the last has no ready pod", Chained(), "frontend: call to longest-name failed: cache: dial tcp 10.0.0.9:6379: connect: connection refused", "Deployment/cache", "DependencyUnavailable Deployment/web" },
        { "what it calls has no endpoint", Calling(endpoints: 0), Refused, "Service/cache", "ServiceNoEndpoints Service/cache" },
        { "what it calls refuses", Calling(), Refused, "Deployment/cache", "DependencyUnavailable Deployment/cache" },
        { "a policy keeps it from what it calls", Calling() with { Policies = [Ingress()] }, Refused, "NetworkPolicy/guard", "NetworkPolicyDeny NetworkPolicy/guard" },
        { "a policy lets nothing out to what it calls", Calling() with { Policies = [Egress()] }, Refused, "NetworkPolicy/guard", "NetworkPolicyDeny NetworkPolicy/guard" },
        { "a policy lets it in", Calling() with { Policies = [Ingress("web")] }, Refused, "Deployment/cache", "DependencyUnavailable Deployment/cache" },
        { "what it calls serves its own node alone", Calling(local: true), Refused, "Service/cache", "ServiceTrafficPolicyLocal Service/cache" },
        { "what it calls leads to a port that its pods do not have", Calling(target: "6380"), Refused, "Service/cache", "ServiceTargetPortMismatch Service/cache" },
        { "what it calls runs the command of another", Calling(command: "/bin/web"), Refused, "Deployment/cache", "InvalidCommand Deployment/cache" },
        { "a variable names a port that the Service does not have", Addressed(), "connect ECONNREFUSED 10.0.0.9:6399", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "a variable names a port that the Service does not have, and the line names none", Addressed(), "connection refused", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "a database is away", Calling(), "could not connect to server cache: timeout", "Deployment/cache", "DependencyUnavailable Deployment/cache" },
        { "a proxy names a backend", Routed with { Ingresses = [IngressOf("orders", "81")] }, "\"GET / HTTP/1.1\" 502 0 \"-\" [shop-orders-81] []", "Ingress/web", "IngressWrongBackend Ingress/web" },
        { "a line says nothing", Nothing, "listening on :8080", null, null },
        { "a line counts no errors", Nothing, "INFO done: 0 errors", null, null },
        { "Rust panics", Nothing, "thread 'worker' panicked at src/cart.rs:88:31:", "Deployment/web", "AppErrorInLogs Deployment/web" },
        { "klog tells an error", Nothing, "E0120 10:00:00.000000 1 handler.go:52] could not apply coupon", "Deployment/web", "AppErrorInLogs Deployment/web" },
        { ".NET does not trust a chain", Nothing, "The remote certificate is invalid because of errors in the certificate chain: PartialChain", "Deployment/web", "CertInvalid Deployment/web" },
        { "a key does not match its certificate", Nothing, "could not load server certificate: tls: private key does not match public key", "Deployment/web", "CertInvalid Deployment/web" },
        { "Java met a certificate after its time", Nothing, "java.security.cert.CertPathValidatorException: validity check failed: NotAfter: Wed Nov 18 10:00:00 UTC 2026", "Deployment/web", "CertExpired Deployment/web" },
        { "an issuer does not exist", Nothing, "Referenced \"Issuer\" not found: issuer.cert-manager.io \"internal-ca\" not found", "Deployment/web", "CertIssuerNotReady Deployment/web" },
        { "a watermark of a disk is exceeded", Nothing, "flood stage disk watermark [95%] exceeded on [es-0]", "Deployment/web", "DiskFull Deployment/web" },
        { "Ruby lacks a variable", Nothing, "config.rb:4:in fetch: key not found: \"SESSION_SECRET\" (KeyError)", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "Spring lacks a variable", Nothing, "Could not resolve placeholder 'PAYMENT_URL' in value", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "Spring cannot bind a property", Nothing, "Failed to bind properties under 'server.port' to java.lang.Integer", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "a property of nothing is read", Nothing, "TypeError: Cannot read properties of undefined (reading 'price')", "Deployment/web", "AppErrorInLogs Deployment/web" },
        { "Java lost its database", Nothing, "com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure", "Deployment/web", "DependencyUnavailable Deployment/web" },
        { "a broker is away", Nothing, "Connection to node -1 (broker.example/10.9.8.7:9092) could not be established.", "Deployment/web", "DependencyUnavailable Deployment/web" },
        { "a token is from before a rotation", Nothing, "token was issued before the last rotation of secret api-token", "Deployment/web", "StaleSecret Deployment/web" },
        { "memory is warned of", Nothing, "level=warn msg=\"heap after GC grows: 812 MB, 934 MB\"", "Deployment/web", "MemoryLeak Deployment/web" },
        { "the quota of cpu is used up", Nothing, "WARN gc took 3120 ms; CFS quota exceeded", "Deployment/web", "CPUThrottling Deployment/web" },
        { "a user of the cloud is unknown", Nothing, "An error occurred (InvalidClientTokenId) when calling GetCallerIdentity", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "a resolver does not answer", Nothing, "io.netty.resolver.dns.DnsNameResolverTimeoutException: query timed out after 5000 milliseconds", "Deployment/web", "DNSResolutionFailure Deployment/web" },
        { "a certificate is told to be valid", Nothing, "INFO issuer internal-ca found, certificate is valid for 30 days", null, null },
        { "a rotation is told", Nothing, "INFO secret db was rotated, reloading pool", null, null },
        { "a rotation is told without a level", Nothing, "secret db was rotated, reloading pool", null, null },
        { "a rotation is told, and that it did its work", Nothing, "token has been rotated; old one is revoked", null, null },
        { "an old token is cleaned up", Nothing, "removed stale token from cache", null, null },
        { "sessions are cleaned up", Nothing, "evicted 3 sessions older than secret TTL", null, null },
        { "the old password is gone after a rotation", Nothing, "deleted old password after rotation of secret db", null, null },
        { "a file changed after the start", Nothing, "config.yaml changed after startup, reloading", null, null },
        { "a certificate is shown with its end", Nothing, "loaded serving certificate CN=web NotAfter: 2031-01-01", null, null },
        { "a certificate is shown with its chain", Nothing, "presenting certificate chain: leaf, intermediate", null, null },
        { ".NET tells in small letters", Nothing, "info: Web.Certificates[0] certificate is valid for web.shop.svc", null, null },
        { "nginx gives a notice", Nothing, "2026/11/21 10:00:00 [notice] 7#7: signal process started after a read timeout error: none", null, null },
        { "a secret was changed after the start", Nothing, "secret db-credentials was changed after this process started", "Deployment/web", "StaleSecret Deployment/web" },
        { "the old password is still used", Nothing, "authenticating with the old password although secret db was rotated", "Deployment/web", "StaleSecret Deployment/web" },
        { "a stale token is refused", Nothing, "upstream rejected stale token", "Deployment/web", "StaleSecret Deployment/web" },
        { "a rotation needs a restart", Nothing, "password has been rotated, restart required", "Deployment/web", "StaleSecret Deployment/web" },
        { "a pool is told to have room", Nothing, "INFO pool stats (total=10, active=3, idle=7, waiting=0)", null, null },
        { "a try is told that failed", Nothing, "level=warn msg=\"connection refused, falling back\"", null, null },
        { "an index is read-only for a full disk", Nothing, "index [orders] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]", "Deployment/web", "DiskFull Deployment/web" },
        { "Rust does not know the issuer", Nothing, "Connect, source: Custom { kind: InvalidData, error: InvalidCertificate(UnknownIssuer) }", "Deployment/web", "CertInvalid Deployment/web" },
        { "Rust met a certificate after its time", Nothing, "error trying to connect: invalid peer certificate: Expired", "Deployment/web", "CertExpired Deployment/web" },
        { "a CA has no key", Nothing, "error getting keypair for CA issuer: secret \"root-ca\" not found", "Deployment/web", "CertIssuerNotReady Deployment/web" },
        { "Vault refuses a role", Nothing, "[ERROR] agent.auth.handler: error authenticating: Code: 400. Errors: * invalid role or secret ID", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "git is asked for a user", Nothing, "fatal: could not read Username for 'https://git.example': terminal prompts disabled", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "ssh refuses a key", Nothing, "git@git.example: Permission denied (publickey).", "Deployment/web", "InvalidCredentials Deployment/web" },
        { "pydantic lacks a setting", Nothing, "Field required [type=missing, input_value={}, input_type=dict]", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "envconfig lacks a variable", Nothing, "required key BROKER_URL missing value", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "Django lacks a variable", Nothing, "django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable", "Deployment/web", "MissingEnvVar Deployment/web" },
        { "Envoy cannot read its configuration", Nothing, "[critical][main] error initializing config '/etc/envoy/envoy.yaml': has unknown fields", "Deployment/web", "MisconfiguredAppConfig Deployment/web" },
        { "nginx may not bind a low port", Nothing, "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)", "Deployment/web", "SecurityContext Deployment/web" },
        { "nginx does not find its upstream", Nothing, "nginx: [emerg] host not found in upstream \"api.example.com\" in /etc/nginx/conf.d/default.conf:4", "Deployment/web", "DNSResolutionFailure Deployment/web" },
        { "a heap is nearly full", Nothing, "WARN heap usage 91% of 2048MB after full GC", "Deployment/web", "MemoryLeak Deployment/web" },
        { "a cluster has no master", Nothing, "master not discovered or elected yet, an election requires at least 2 nodes", "Deployment/web", "DependencyUnavailable Deployment/web" },
        { "a caller hangs up in the handshake", Nothing, "http: TLS handshake error from 10.42.0.1:51514: EOF", null, null },
        { "a caller gives up", Nothing, "E1120 10:00:00 leaderelection.go:436] \"Error retrieving lease lock\" err=\"context canceled\"", null, null },
        { "MySQL gives a note", Nothing, "2026-11-20 10:00:00 [Note] Aborted connection 12 to db: 'shop' (Got an error reading communication packets)", null, null },
        { "a heap has room", Nothing, "INFO heap usage 41% of 2048MB after full GC", null, null },
        { "a request is authenticated", Nothing, "authentication of alice took 12 ms", null, null },
        { "signing in is refused now and then", Nothing, "authentication refused for 3 of 10000 sign-ins today", null, null },
        { "a cache fills the memory", Nothing, "memory usage 91% of the page cache", null, null },
        { "a heap may grow to all", Nothing, "heap used 96 MB of 100% allowed", null, null },
        { "a queue is of the simple kind", Nothing, "started without quorum queues", null, null },
        { "a watermark is told", Nothing, "flood stage watermark is 95%", null, null },
        { "a store trusts all it has", Nothing, "trust store has no untrusted certificate", null, null },
        { "a file of a CA is loaded", Nothing, "ca.pem loaded, no unknown ca found", null, null },
        { "a variable is advised", Nothing, "please set the LOG_LEVEL environment variable to change verbosity", null, null },
        { "a count of refusals is told", Nothing, "token endpoint: invalid_client count 0", null, null },
        { "a disk is cleaned", Nothing, "disk usage exceeded 50% on /data, cleaning", null, null },
        { "errors of no known kind", Nothing, "ERROR order 17: no such article", "Deployment/web", "AppErrorInLogs Deployment/web" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Of_finds_the_cause_by_the_objects_around(string sentence, Surroundings around, string line, string? target, string? cause)
    {
        _ = target;
        LogVerdict? best = LogVerdicts.Of(Told(line), around).FirstOrDefault();

        (best is null ? null : $"{best.Cause} {best.Target}").Should().Be(cause, $"{sentence}: {best?.Statement}");
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void LogErrors_reports_what_it_saw_on_the_object_that_bears_on_it(string sentence, Surroundings around, string line, string? target, string? cause)
    {
        _ = cause;
        Situation situation = Deployment(Pod(Running())) with { LogSurvey = Told(line), Around = around };

        Finding? finding = new LogErrorsDetector().Detect(situation, Now).Findings.SingleOrDefault();

        finding?.Target.ToString().Should().Be(target, sentence);
        (finding is null).Should().Be(target is null, sentence);
        finding?.Summary.Should().StartWith("3 of 3 lines in the log of Deployment/web tell ", sentence).And.EndWith(line, sentence);
        finding?.Fingerprint.Should().Be(Fingerprints.Of("LogErrors", situation.Subject), sentence);
        finding?.Since.Should().Be(Ago(600), sentence);
    }

    [Theory]
    [InlineData("one refusal among many lines", LogTrouble.ConnectionRefused, 1, 100, false)]
    [InlineData("two refusals among many lines", LogTrouble.ConnectionRefused, 2, 100, true)]
    [InlineData("one refusal in a log of three lines", LogTrouble.ConnectionRefused, 1, 3, true)]
    [InlineData("some errors among many lines", LogTrouble.Errors, 19, 100, false)]
    [InlineData("errors are a fifth of what it says", LogTrouble.Errors, 20, 100, true)]
    [InlineData("one refusal by RBAC", LogTrouble.Forbidden, 1, 100, true)]
    public void Of_takes_what_every_log_tells_now_and_then_for_nothing(string sentence, LogTrouble kind, int count, int lines, bool tells) =>
        LogClues.Of(Survey(new LogSign(kind, "x", count, lines)), Surroundings.None).IsEmpty.Should().Be(!tells, sentence);

    [Fact]
    public void Every_kind_of_trouble_and_of_clue_has_a_verdict()
    {
        foreach (LogTrouble kind in Enum.GetValues<LogTrouble>())
        {
            LogVerdicts.Of(Survey(new LogSign(kind, "x", 3, 3)), Surroundings.None).Should().ContainSingle().Which.Cause.Should().Match(static c => Causes.IsKnown(c));
        }

        Lines.SelectMany(static row => LogClues.Of(Told((string)row[2]), (Surroundings)row[1])).Select(static c => c.Kind).Should().Contain(Enum.GetValues<LogClueKind>());
    }

    private static Surroundings Nothing => new();

    private static LogSurveyFacts Told(string line) => Survey([.. LogSigns.Of([line, line, line])]);

    private static Surroundings Reading(bool rotated) => new()
    {
        Secrets = [Secret("db", rotated)],
        Workloads = [Workload(container: """{"name":"app","env":[{"name":"P","valueFrom":{"secretKeyRef":{"name":"db","key":"p"}}}]}""")],
    };

    private static Surroundings Chained() => Calling(endpoints: 0, ready: 0) with
    {
        Services = [Service("cache", "cache", 6379, "6379"), Service("longest-name", "longest-name", 80, "80")],
        Endpoints = [Endpoints("cache", 0, nodes: ["n2"]), Endpoints("longest-name", 1, nodes: ["n2"])],
    };

    private static Surroundings Calling(int endpoints = 1, bool local = false, string target = "6379", string command = "/bin/cache", int ready = 1) => new()
    {
        Services = [Service("cache", "cache", 6379, target) with { IsLocalInside = local }],
        Endpoints = [Endpoints("cache", endpoints, nodes: ["n2"])],
        Workloads = [Workload("cache", container: $$"""{"name":"app","command":["{{command}}"],"ports":[{"containerPort":6379}]}""") with { ReadyPods = ready }, Workload()],
    };

    private static Surroundings Addressed() => Calling() with
    {
        Workloads = [Workload(container: """{"name":"app","env":[{"name":"CACHE","value":"redis://cache:6399"}]}""")],
    };

    private static IngressFacts IngressOf(string service, string port) => GivenAround.Ingress(service: service, port: port);

    private static PolicyFacts Policy => new() { Ref = Target("NetworkPolicy", "guard", "networking.k8s.io/v1") };

    private static PolicyFacts Egress(params string[] ports) => Policy with { IsolatesEgress = true, Egress = ports.Length == 0 ? [] : [new([], [.. ports])] };

    private static PolicyFacts Ingress(string? app = null) => Policy with
    {
        Pods = new(Labels("app", "cache"), []), IsolatesIngress = true,
        Ingress = app is null ? [] : [new([new(new(Labels("app", app), []), null, null)], [])],
    };
}
