using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Firstline.Core.Facts;

/// <summary>Takes secrets out of text from the cluster before it is stored, logged or sent.</summary>
/// <remarks>
/// It errs on the side of taking out too much: a lost word costs a reader a look at the cluster, a leaked password costs more. Time is
/// linear in the text. Values of Secrets are never read in the first place; this is about secrets that turn up elsewhere.
/// </remarks>
public static class Redactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mark = "[redacted]";

    // Order matters: whole blocks first, then known shapes, then whatever a telling name is set to.
    private static readonly ImmutableArray<RedactionRule> Rules =
    [
        // A PEM block that was cut off is as secret as a whole one.
        new(["-----BEGIN"], "-----BEGIN [A-Z0-9 ]+-----[^-]*(?:-----END [A-Z0-9 ]+-----)?", Mark),
        new(["eyJ"], @"\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?", Mark),
        new(["://"], @"\b([A-Za-z][A-Za-z0-9+.-]{1,20}://)[^\s/:@""']*:[^\s@""']+@", $"$1{Mark}@"),
        new(["authorization"], @"\b(authorization[""']?\s*[:=]\s*[""']?(?:(?:bearer|basic|token|digest)\s+)?)[^\s,""']+", $"$1{Mark}"),
        new(["bearer"], @"\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}", $"$1{Mark}"),
        new(["AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "AIza", "sk-", "sk_", "rk-", "rk_", "npm_"], KnownTokens, Mark, RegexOptions.None),

        // NAME=value, name: value, "name":"value" where the name tells. A colon or equals sign is asked for, so that the API's own
        // sentences (secret "db" not found) stay as they are.
        new(["passw", "passphrase", "pwd", "secret", "token", "key", "credential", "connection", "dsn"],
            @"([\w.-]*(?:passw(?:or)?d|passphrase|(?:\b|_)pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|credential|connection[_-]?string|(?:\b|_)dsn)[\w.-]*\\?[""']?\s*[:=]\s*)(?:\\?""[^""]*""?|'[^']*'?|[^\s,;&}""']+)", $"$1{Mark}"),
    ];

    private const string KnownTokens =
        @"\b(?:A(?:KIA|SIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,}|[sr]k[-_][A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,})";

    /// <summary><paramref name="text"/> with every secret that was recognised replaced by <see cref="Mark"/>.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (RedactionRule rule in Rules)
        {
            text = rule.Apply(text);
        }

        return text;
    }
}
