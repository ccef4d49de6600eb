using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Reads out of log lines what kind of trouble they tell.</summary>
/// <remarks>Each line counts for the first kind that it matches. A trouble that the lines after it say is over does not count.</remarks>
public static partial class LogSigns
{
    private const int MaxLine = 300;
    private const int MaxSigns = 6;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly ImmutableArray<(LogTrouble Kind, Regex Pattern)> Patterns =
    [
        Of(LogTrouble.DiskFull, @"no space left on device|disk (is )?full|ENOSPC|disk quota exceeded|could not (write|extend) .{0,80}space|disk watermark .{0,20}exceeded|disk usage exceeded .{0,20}watermark|read-only-allow-delete|not enough (free )?(disk )?space|insufficient disk space"),
        Of(LogTrouble.PortTaken, @"address already in use|EADDRINUSE|port (?<port>\d{2,5}) (is|was) (already )?(in use|allocated)|only one usage of each socket address"),
        Of(LogTrouble.PlatformWrong, @"exec format error|cannot execute binary file|wrong architecture|wrong ELF class|incompatible architecture|Bad CPU type in executable"),
        Of(LogTrouble.ImageFaulty, @"error while loading shared libraries|Error loading shared library|symbol lookup error|symbol not found|undefined symbol|version [`'""]?GLIBC(XX)?_|illegal instruction|cannot open shared object file|UnsatisfiedLinkError|DllNotFoundException"),
        Of(LogTrouble.CertificateExpired, @"certificate has expired|certificate (is|was) expired|expired certificate|about to expire or expired|cert(ificate)? .{0,60}\bexpired\b|CERT_HAS_EXPIRED|CertPathValidatorException: validity check failed|CertificateExpiredException|(invalid peer |Invalid)certificate(: |\()Expired|SSL certificate for server ""(?<about>[^""]{1,200})"" .{0,40}expired"),
        Of(LogTrouble.IssuerNotReady, @"(cluster)?issuer .{0,120}(not ready|not found|is not in ready)|issuer(ref)? .{0,60}does not exist|waiting for (cluster)?issuer|(failed|error|errors) .{0,40}(register|verify)(ing)? (an? )?ACME account|keypair for (a )?(CA )?issuer|\bErr(Init|GetKeyPair)\w{0,20}issuer|""(cluster)?issuer"" not found"),
        Of(LogTrouble.CertificateInvalid, @"certificate signed by unknown authority|unable to get local issuer certificate|self[- ]signed certificate|certificate is (not )?valid for|x509: |certificate verify failed|unable to verify the first certificate|bad certificate|SSLCertVerification|PKIX path|hostname .{0,80}(does not|doesn't) match|invalid certificate|no peer certificate|invalid ?peer ?certificate|InvalidCertificate\(|\bUnknownIssuer\b|(tls:|alert) unknown (certificate authority|ca)\b|UntrustedRoot|certificate (is|was) (invalid|not trusted|rejected)|errors? in the certificate chain|UNABLE_TO_VERIFY|private key does not match|key values mismatch|(could not|cannot|failed to) (load|parse|read) .{0,40}certificate|failed to find any PEM data|CERTIFICATE_VERIFY_FAILED"),
        Of(LogTrouble.TlsHandshake, @"TLS required|tls: (handshake|first record)|TLS handshake|SSL ?handshake|only allow SSL|SSL connection is required|requires? (TLS|SSL)|wrong version number|server gave HTTP response to HTTPS client|plain HTTP request was sent to HTTPS"),
        Of(LogTrouble.Forbidden, @"\(Forbidden\)|is forbidden: User|cannot (get|list|watch|create|update|patch|delete)( resource)? .{0,120}(in API group|at the cluster scope|in the namespace)|(403|status(code)?:? ?403).{0,60}forbidden.{0,80}serviceaccount|RBAC: access denied|service account doesn't have access"),
        Of(LogTrouble.CredentialsStale, @"issued before .{0,60}rotat|older than (the |its )?(last|latest) rotat|(secret|credentials?|token|password)s?\b.{0,60}(rotated|changed) after .{0,60}(start|read|load)|(us(e[sd]?|ing)|with|ha(s|ve)|holds?|sen[dt]|presented) (the |an? )?(stale|old|previous) (secret|credentials?|token|password).{0,80}rotat|stale (secret|credentials?|token|password)s?[:,].{0,80}rotat|(us(e[sd]?|ing)|with|ha(s|ve)|holds?|reject(ed|s)?|refus(ed|es)|den(ied|ies)) (the |an? )?stale (secret|credentials?|token|password)|stale (secret|credentials?|token|password)s?\b.{0,60}(rejected|refused|denied|in use|still)|(secret|password|credentials?|token)s? .{0,40}(was|were|has been|have been) rotated.{0,80}(restart (is )?(required|needed)|(must|needs to) (be )?restart|still|(us(es|ing)|ha(s|ve)|holds?) (the )?(old|stale|previous))|(still|old) (has|uses|using|value of) .{0,30}(password|secret|credentials?|token).{0,40}rotat"),
        Of(LogTrouble.CredentialsRefused, @"(password |SASL |LDAP )?authentication failed|Access denied for user|invalid (username|password|credentials?|api key|token|access key)|WRONGPASS|NOAUTH|AuthenticationFailed|auth(entication)? (error|failure)|login failed|(HTTP|status|code)?[ :=]{0,8}401 ?(unauthori[sz]ed)|\bunauthori[sz]ed\b|not authorized|incorrect password|InvalidAccessKeyId|SignatureDoesNotMatch|ACCESS_REFUSED|AccessDenied|Could not find user|UserNotFound|InvalidClientTokenId|ExpiredToken|security token .{0,40}(invalid|expired)|(unable|failed) to authenticate|error authenticating|invalid role or secret ID|Code: 403\. Errors: .{0,10}permission denied|permission denied \(publickey|could not read (Username|Password) for|401.{0,10}bad credentials|(error|failed|fatal)\b.{0,80}invalid_(grant|client)\b|no basic auth credentials|SecurityException: .{0,40}authenticate|requires authentication|command .{0,40} requires authentication"),
        Of(LogTrouble.VariableMissing, @"(?<about>\b[A-Z][A-Z0-9_]{2,60}) is not defined|[Ee]nvironment variable[s]? [""'`]?(?<about>[A-Z][A-Z0-9_]{2,60})?[""'`]?.{0,30}(not set|not defined|not found|missing|required|empty|unset|must be set)|([Mm]issing|[Rr]equired|[Uu]ndefined|[Uu]nset|[Nn]o) (required )?(environment|env)( variable| var)?s?:? {0,8}[""'`]?(?<about>[A-Z][A-Z0-9_]{2,60})?|key not found: ""(?<about>[A-Z][A-Z0-9_]{2,60})""|KeyError: '(?<about>[A-Z][A-Z0-9_]{2,60})'|(?<about>\b[A-Z][A-Z0-9_]{3,60})( environment variable| env var)?:? (is|was|must be) (not set|unset|required|missing|set|provided|empty|undefined)|(?<about>\b[A-Z][A-Z0-9]{0,60}_[A-Z0-9_]{1,60}): (unbound variable|parameter not set|parameter null or not set)|must specify (?<about>[A-Z][A-Z0-9_]{2,60}) to a|resolve placeholder '(?<about>[A-Z][A-Z0-9_]{2,60})'|\$(?<about>[A-Z][A-Z0-9_]{2,60}) is (not set|unset|empty|required|missing)|env (var )?(?<about>[A-Z][A-Z0-9_]{2,60}) (is )?(missing|not set)|required key (?<about>[A-Z][A-Z0-9_]{2,60}) missing|(?<about>\b[A-Z][A-Z0-9_]{2,60}) not found\. Declare it as envvar|ImproperlyConfigured: Set the (?<about>[A-Z][A-Z0-9_]{2,60}) environment variable|Undefined (array key|index):? ""?(?<about>[A-Z][A-Z0-9_]{2,60})|Err` value: NotPresent|Field required \[type=missing"),
        Of(LogTrouble.ConfigKeyMissing, @"configuration key (?<about>[\w.-]{1,80}) is|(missing|required|no such|unknown|undefined) (config(uration)?|setting|property|key|option)( key| value| property)?:? {0,8}[""'`]?(?<about>[\w.-]{2,80})|(config|configuration|setting|property|key) [""'`]?(?<about>[\w.-]{2,80})[""'`]? (is )?(missing|not found|not set|required|undefined)"),
        Of(LogTrouble.ConfigInvalid, @"(invalid|malformed|bad|wrong|failed to (parse|load|read|decode|unmarshal)|(can(no|')t|could not|unable to) (parse|load|read|decode)|error (parsing|loading|reading|initiali[sz]ing|in)) .{0,60}(config|yaml|json|toml|properties(?! of\b)|settings)|parse error|ParsingError|parsing errors|config file error|bad directive|(yaml|json|toml): |YAMLException|JSONDecodeError|JsonParseException|unexpected (token|character|end of)|invalid (value|port|url|argument value|log level|format)|nginx: \[emerg\](?!.{0,200}(permission denied|read-only file|host not found))|validation errors? for \w{0,40}(Settings|Config)\b|failed to bind properties|is not a (valid )?(number|integer|boolean|duration|port)\b|did not find expected|Config(uration)?(Error|Exception)"),
        Of(LogTrouble.CommandInvalid, @"syntax error|can't open file|executable file not found|: (command )?not found$|command not found|unknown (flag|option|command|argument)|unrecogni[sz]ed (option|argument|arguments|command)|invalid (option|argument|command|flag)|flag provided but not defined|no such command|unable to start container process|Cannot find module '(?<about>/[^']{1,200})'|Error: Unable to access jarfile|(can't|cannot) (open|find) .{0,120}: No such file|^usage: |bad interpreter|No such file or directory$|Could not find or load main class"),
        Of(LogTrouble.ImageFaulty, @"ModuleNotFoundError|ImportError|NoClassDefFoundError|ClassNotFoundException|Cannot find module '(?<about>[^']{1,200})'|Cannot find module|No module named|cannot load such file|Could not load file or assembly|You must install or update \.NET|Failed opening required|Class ""[^""]{1,120}"" not found"),
        Of(LogTrouble.NotPermitted, @"permission denied|operation not permitted|EACCES|EPERM|read-only file ?system|must (not )?(be )?run as|runAsNonRoot|cannot be run as root|not running as root|insufficient privileges|setuid|chown: "),
        Of(LogTrouble.PoolExhausted, @"(connection )?pool .{0,40}(exhausted|is full|limit reached|overflow)|too many (connections|clients)|remaining connection slots|max_connections|no (free|available|idle) connections?|QueuePool limit|connection pool exhausted|Connection is not available, request timed out|active=\d{1,5}, idle=0, waiting=|unable to acquire JDBC connection|timeout waiting for (idle object|connection from pool)|timed? ?out (fetching|acquiring|waiting for) (a |an )?(new )?connections?( from)?( the)? (connection )?pool|timeout acquiring a connection|PoolTimeout|pool is probably full|obtaining a connection from the pool|all pooled connections were in use|checkout(_| )timeout|connection not available .{0,60}(pool|queue)|no more connections allowed|all .{0,40}connections .{0,40}in use"),
        Of(LogTrouble.MemoryExhausted, @"WARN.{0,200}memory usage|memory usage.{0,80}(high|critical|exceed)|OutOfMemory|out of memory|heap (space|limit|out of memory)|WARN.{0,100}heap (usage|occupancy)\b.{0,20}\b(8[5-9]|9\d|100) ?%|memory leak|(possible|suspected) (memory )?leak|MemoryError|cannot allocate memory|GC overhead limit|std::bad_alloc|ENOMEM|(memory|heap)( usage)?.{0,40}\b(grow(s|ing|th)|increas(es|ing))\b|memory (usage|pressure) (is )?(high|critical)"),
        Of(LogTrouble.NameUnresolved, @"could not resolve host(?: for client socket)?:? ?(?<about>[\w.-]{1,120})?|no such host|lookup (?<about>[\w.-]{1,120})( on [\d.:]{1,60})?: |getaddrinfo (ENOTFOUND|EAI_AGAIN) ?(?<about>[\w.-]{1,120})?|can't find (?<about>[\w.-]{1,200}): |NXDOMAIN|name or service not known|temporary failure in name resolution|UnknownHostException:? ?(?<about>[\w.-]{1,120})?|bad address '?(?<about>[\w.-]{1,120})|SERVFAIL|could not translate host name ""(?<about>[\w.-]{1,120})""|name resolution|DnsNameResolver(Timeout)?Exception|server misbehaving|nodename nor servname|host not found( in upstream ""(?<about>[\w.-]{1,120}))?|no servers could be reached|unresolv"),
        Of(LogTrouble.DatabaseUnavailable, @"database connection (timeout|failed|error|refused|lost)|(cannot|could not|can't|unable|failed) (to )?(connect|reach) to (the )?(database|db|mysql|postgres(ql)?|mongo(db)?|redis|mariadb|rabbitmq|kafka)|(could|can) ?not acquire connection|no suitable servers found|no reachable servers|database (is )?(unavailable|not available|down)|server selection (timeout|error)|master[ _]not[ _]discovered|etcdserver: no leader|(has|have) lost quorum|OperationalError|lost connection to (mysql|postgres)|could not connect to server|(mysql|postgres|mongo|redis)[\w ]{0,30}(gone away|connection (refused|timed out|reset))"),
        Of(LogTrouble.ConnectionRefused, @"dial (tcp|udp) (?<about>[\w.:\[\]-]{1,120}?):(?<port>\d{2,5}): connect: connection refused|connect ECONNREFUSED (?<about>[\w.:-]{1,120}?):(?<port>\d{2,5})|connection refused|ECONNREFUSED|failed to connect to|(actively )?refused (it|the connection)|Connection reset by peer|no route to host|network is unreachable|connection to node .{0,80}could not be established|brokers? (may not be|are not|is not) available|bootstrap brokers? .{0,80}disconnected|communications link failure|(not possible|unable|failed) to connect to|could not (connect|be reached)"),
        Of(LogTrouble.TimedOut, @"connect ETIMEDOUT (?<about>[\w.:-]{1,120}?):(?<port>\d{2,5})|DEADLINE_EXCEEDED:? ?(?<about>[\w.-]{1,120}):(?<port>\d{2,5})|DEADLINE_EXCEEDED|deadline exceeded|connection timeout cluster=(?<about>[\w.-]{1,120})|dial (tcp|udp) (?<about>[\w.:\[\]-]{1,120}?):(?<port>\d{2,5}): (i/o timeout|connect: connection timed out)|connection timed? ?out|i/o timeout|ETIMEDOUT|timed? ?out (waiting|connecting|after)|request timed? ?out|read timed? ?out|upstream timed out|Timeout(Error|Exception)|timeout (exceeded|expired|connecting|while)|connect timeout"),
        Of(LogTrouble.Cascading, @"circuit ?breaker .{0,30}(open|tripped)|cascad|failure propagates|unavailable \(.{0,80}unavailable|upstream dependency|downstream service .{0,60}(fail|unavailable|error)|all retries (failed|exhausted)|retry (storm|budget exhausted)"),
        Of(LogTrouble.UpstreamFailed, @""" 50[0234] .{0,60}\[(?<about>[\w.-]{3,200})\]|upstream (sent|prematurely|connect)|no live upstreams|upstream connect error|bad gateway|service unavailable|\b50[234]\b .{0,40}(upstream|gateway|unavailable)|code = Unavailable|backend .{0,60}(unhealthy|unavailable|down)"),
        Of(LogTrouble.Throttled, @"cpu throttl|throttled .{0,40}cpu|nr_throttled|throttled_time|CFS quota|cpu (limit|quota) (reached|exceeded)|throttling (cpu|detected)"),
        Of(LogTrouble.Errors, @"(level[""']?[=:] ?[""']?(error|fatal|critical)|\b(ERROR|FATAL|CRITICAL|SEVERE|PANIC)\b|panic:|panicked at |^[EF]\d{4} |Traceback|Unhandled|Exception\b|error:|failed:|fatal:|""status"": ?5\d\d|HTTP/1\.1"" 5\d\d)"),
    ];

    /// <summary>The signs in the lines, the most exact kind first; empty when they tell nothing.</summary>
    public static ImmutableArray<LogSign> Of(ImmutableArray<string> lines)
    {
        Dictionary<LogTrouble, (Match Match, string Line, int Count)> found = [];
        for (int at = 0; at < lines.Length; at++)
        {
            string line = lines[at].Length > 2000 ? lines[at][..2000] : lines[at];
            if (Recovery().IsMatch(line))
            {
                found.Remove(LogTrouble.DatabaseUnavailable);
                found.Remove(LogTrouble.ConnectionRefused);
                found.Remove(LogTrouble.TimedOut);
                found.Remove(LogTrouble.NameUnresolved);
                found.Remove(LogTrouble.UpstreamFailed);
                found.Remove(LogTrouble.Errors);
            }
            else if (Classify(line) is { } sign)
            {
                int count = found.TryGetValue(sign.Kind, out (Match Match, string Line, int Count) known) ? known.Count : 0;
                bool keepsName = known.Match is { } m && Name(m) is not null && Name(sign.Match) is null;
                found[sign.Kind] = keepsName ? (known.Match, known.Line, count + 1) : (sign.Match, line, count + 1);
            }
        }

        return
        [
            .. found.OrderBy(static f => f.Key).Take(MaxSigns).Select(f => new LogSign(
                f.Key, BoundedText.Of(f.Value.Line, MaxLine), f.Value.Count, lines.Length, Name(f.Value.Match),
                int.TryParse(f.Value.Match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : null)),
        ];
    }

    private static (LogTrouble Kind, Match Match)? Classify(string line)
    {
        foreach ((LogTrouble kind, Regex pattern) in Patterns)
        {
            if (pattern.Match(line) is { Success: true } match && !(MayBeTold(kind) && (Harmless().IsMatch(line) || (!IsWarnedOf(kind) && Warning().IsMatch(line)))))
            {
                return (kind, match);
            }
        }

        return null;
    }

    // That a certificate is valid, a caller hung up in the handshake, or a login failed, is told as news too.
    private static bool MayBeTold(LogTrouble kind) => kind >= LogTrouble.CredentialsRefused || kind is LogTrouble.CertificateInvalid or LogTrouble.CertificateExpired or LogTrouble.TlsHandshake;

    // What a program still does, but worse and worse, it only warns of.
    private static bool IsWarnedOf(LogTrouble kind) => kind is LogTrouble.CredentialsStale or LogTrouble.PoolExhausted or LogTrouble.MemoryExhausted or LogTrouble.Throttled;

    private static string? Name(Match match) => match.Groups["about"] is { Success: true, Value: { Length: > 0 } name } ? name.Trim('.') : null;

    // Names of variables are told from other words by their capitals. The text is anybody's: what bounds the time is that lines are cut and that each gap in a pattern has a
    // greatest length. The engine without backtracking would need no such care, but holds 50 MB of tables for these.
    private static (LogTrouble Kind, Regex Pattern) Of(LogTrouble kind, string pattern) => (
        kind, new Regex(pattern, (kind == LogTrouble.VariableMissing ? RegexOptions.CultureInvariant : Options) | RegexOptions.ExplicitCapture));

    // What a line says of itself: a level below error, or that it counts no errors.
    [GeneratedRegex(@"\b(INFO|DEBUG|TRACE|NOTICE)\b|(?i:^(info|dbug|trce|debug|trace|notice)\b|\[(info|debug|trace|notice|note)\]|err(or)?[""']?[=:] ?\\?[""']?context cancell?ed|TLS handshake error from [^ ]{3,60}: (EOF|.{0,120}(connection reset|i/o timeout)))|level[""']?[=:] ?[""']?(info|debug|trace)|\bI\d{4} |""s"": ?""[ID]""|\b(0|no) (errors?|failures?|exceptions?)\b|error(s|_count|_rate)?[""']?[=:] ?0\b", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"level[""']?[=:] ?[""']?warn", RegexOptions.CultureInvariant)]
    private static partial Regex Warning();

    [GeneratedRegex(@"\b(re-?connected|recovered|connection (re-?)?established|succeeded after|retry succeeded|back to normal|resumed)\b", Options)]
    private static partial Regex Recovery();
}
