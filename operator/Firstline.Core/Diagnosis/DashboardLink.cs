using System.Globalization;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>Where a human looks at the numbers of an object: an address with places for what it is about.</summary>
public sealed partial class DashboardLink
{
    private const int MaxLength = 2048;
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private readonly string template;

    /// <param name="template">
    /// Address with any of <c>{namespace}</c>, <c>{kind}</c>, <c>{name}</c> of the object, and <c>{from}</c> and <c>{to}</c>, milliseconds since 1970 as Grafana takes them.
    /// </param>
    /// <exception cref="ArgumentException">It is no address over HTTP, or has a place that nothing is known for.</exception>
    public DashboardLink(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (Place().Matches(template).Select(static m => m.Value).FirstOrDefault(static p => p is not ("{namespace}" or "{kind}" or "{name}" or "{from}" or "{to}")) is { } unknown)
        {
            throw new ArgumentException($"{unknown} is none of {{namespace}}, {{kind}}, {{name}}, {{from}} and {{to}}", nameof(template));
        }

        if (!Uri.TryCreate(Place().Replace(template, "x"), UriKind.Absolute, out Uri? address) || address is not { Scheme: "http" or "https", UserInfo: "" } || Place().IsMatch(Host(template)))
        {
            throw new ArgumentException("it is no address that begins with http:// or https:// and a host that is written out", nameof(template));
        }

        this.template = template;
    }

    /// <summary>The address for that object, from an hour before the onset until now; null when it would be too long to keep.</summary>
    internal string? Of(TargetRef target, DateTimeOffset onset, DateTimeOffset now)
    {
        string filled = Place().Replace(template, place => Uri.EscapeDataString(place.Value switch
        {
            "{namespace}" => target.Namespace ?? "",
            "{kind}" => target.Kind,
            "{name}" => target.Name,
            "{from}" => Milliseconds((onset < now ? onset : now) - Before),
            _ => Milliseconds(now),
        }));
        return filled.Length <= MaxLength ? filled : null;
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Host(string template) => template.Split("//", 2)[1].Split('/', 2)[0];

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
