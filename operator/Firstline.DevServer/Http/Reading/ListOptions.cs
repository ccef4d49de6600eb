using System.Globalization;
using Firstline.Api.Meta;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Selectors;

namespace Firstline.DevServer.Http.Reading;

/// <summary>The query of a list or a watch, checked.</summary>
internal sealed record ListOptions
{
    public required ObjectSelector Selector { get; init; }

    /// <summary>Null when unset.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary><c>Exact</c>, <c>NotOlderThan</c> or empty.</summary>
    public string VersionMatch { get; init; } = "";

    /// <summary>0 for no limit.</summary>
    public int Limit { get; init; }

    public string Continue { get; init; } = "";

    /// <summary>Null when unset.</summary>
    public bool? SendInitialEvents { get; init; }

    public bool AllowBookmarks { get; init; }

    /// <summary>Null when unset.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <exception cref="ApiException">400 or 422: the query contradicts itself or cannot be read.</exception>
    public static ListOptions Read(ApiRequest request)
    {
        FieldSelector fields = FieldSelector.Parse(request.Query("fieldSelector"), request.Kind);
        ListOptions options = new()
        {
            Selector = new ObjectSelector(
                request.Path.Namespace,
                LabelSelector.Parse(request.Query("labelSelector")),
                request.Path.Name is { } name ? fields.AndName(name) : fields),
            ResourceVersion = Version(request),
            VersionMatch = request.Query("resourceVersionMatch"),
            Limit = (int)Math.Min(Number(request.Query("limit")) ?? 0, int.MaxValue),
            Continue = request.Query("continue"),
            SendInitialEvents = request.Query("sendInitialEvents").Length == 0 ? null : request.Flag("sendInitialEvents"),
            AllowBookmarks = request.Flag("allowWatchBookmarks"),
            Timeout = Number(request.Query("timeoutSeconds")) is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null,
        };
        options.ThrowIfContradictory(request.Flag("watch"));
        return options;
    }

    private void ThrowIfContradictory(bool watch)
    {
        ThrowIfForeign(watch);
        string? problem = (VersionMatch, SendInitialEvents) switch
        {
            (not "NotOlderThan", not null) => "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
            ("", _) => null,
            (_, null) when watch => "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
            _ when ResourceVersion is null && SendInitialEvents is null => "resourceVersionMatch is forbidden unless resourceVersion is provided",
            _ when Continue.Length > 0 => "resourceVersionMatch is forbidden when continue is provided",
            ("Exact", _) when ResourceVersion == 0 => "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"",
            _ => null,
        };
        StatusCause? cause = problem is not null
            ? ApiErrors.ForbiddenValue("resourceVersionMatch", problem)
            : VersionMatch is "" or "Exact" or "NotOlderThan"
                ? null
                : ApiErrors.Unsupported("resourceVersionMatch", $"\"{VersionMatch}\"", "Exact", "NotOlderThan", "");
        if (cause is not null)
        {
            throw ApiErrors.InvalidOptions("ListOptions", [cause, .. WatchMatch(watch)]);
        }
    }

    private void ThrowIfForeign(bool watch)
    {
        if (Continue.Length > 0 && ResourceVersion > 0)
        {
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        if (!watch && SendInitialEvents is not null)
        {
            throw ApiErrors.InvalidOptions("ListOptions", [ApiErrors.ForbiddenValue("sendInitialEvents", "sendInitialEvents is forbidden for list")]);
        }
    }

    // A watch that sends initial events knows one match alone.
    private IEnumerable<StatusCause> WatchMatch(bool watch) => watch && SendInitialEvents is not null && VersionMatch is not ("" or "NotOlderThan")
        ? [ApiErrors.Unsupported("resourceVersionMatch", $"\"{VersionMatch}\"", "NotOlderThan")]
        : [];

    private static long? Version(ApiRequest request)
    {
        string text = request.Query("resourceVersion");
        return text.Length == 0 ? null : Version(text, request.Flag("watch"));
    }

    /// <summary>Reads a version; a list words its refusal otherwise than a get or a watch.</summary>
    private static long Version(string text, bool plain)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version))
        {
            return version;
        }

        string why = $"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax";
        throw plain ? new ApiException(500, "", why) : ApiErrors.BadRequest($"invalid resource version: {why}");
    }

    /// <exception cref="ApiException">500: what a get asks for is no version.</exception>
    public static void CheckVersionOfGet(ApiRequest request)
    {
        if (request.Query("resourceVersion") is { Length: > 0 } text)
        {
            Version(text, plain: true);
        }
    }

    private static long? Number(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
    }
}
