using Firstline.Api.Meta;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Schemas.Contracts;

namespace Firstline.DevServer.Http.Writing;

/// <summary>How a write is done.</summary>
/// <param name="Mode">For good, or only tried.</param>
/// <param name="FieldValidation">What happens to unknown fields.</param>
/// <param name="FieldManager">Name for managed fields.</param>
internal sealed record WriteOptions(WriteMode Mode, FieldValidation FieldValidation, string FieldManager)
{
    /// <summary>Whether the client sent the object or a change of it: errors are worded by it.</summary>
    public WriteSource Source { get; init; } = WriteSource.Object;

    private const int LongestManager = 128;

    /// <param name="request">Its query is read.</param>
    /// <param name="type">Name of the options in messages: <c>CreateOptions</c>, <c>UpdateOptions</c>, <c>PatchOptions</c>.</param>
    /// <exception cref="ApiException">422: an option has a value that it cannot have.</exception>
    public static WriteOptions Read(ApiRequest request, string type)
    {
        List<StatusCause> causes = [];
        WriteMode mode = ReadMode(request, causes);
        FieldValidation validation = ReadValidation(request, causes);
        string manager = request.Query("fieldManager");
        if (manager.Length > LongestManager)
        {
            causes.Add(new StatusCause { Reason = "FieldValueTooLong", Field = "fieldManager", Message = "Too long: may not be more than 128 bytes" });
        }

        if (causes.Count > 0)
        {
            throw ApiErrors.InvalidOptions(type, [.. causes]);
        }

        return new WriteOptions(mode, validation, manager.Length > 0 ? manager : FromUserAgent(request));
    }

    public static WriteMode ReadMode(ApiRequest request, List<StatusCause> causes)
    {
        string[] values = [.. request.Http.Request.Query["dryRun"].OfType<string>().Where(value => value.Length > 0)];
        if (values.Any(value => value != "All"))
        {
            causes.Add(ApiErrors.Unsupported("dryRun", $"[{string.Join(",", values.Select(value => $"\"{value}\""))}]", "All"));
        }

        return values.Length > 0 ? WriteMode.DryRun : WriteMode.Commit;
    }

    private static FieldValidation ReadValidation(ApiRequest request, List<StatusCause> causes)
    {
        string text = request.Query("fieldValidation");
        switch (text)
        {
            case "Ignore":
                return FieldValidation.Ignore;
            case "Strict":
                return FieldValidation.Strict;
            case "" or "Warn":
                return FieldValidation.Warn;
            default:
                causes.Add(ApiErrors.Unsupported("fieldValidation", $"\"{text}\"", "", "Ignore", "Strict", "Warn"));
                return FieldValidation.Warn;
        }
    }

    /// <summary>As a real server does: the part of the user agent before the first slash.</summary>
    private static string FromUserAgent(ApiRequest request)
    {
        string name = request.Http.Request.Headers.UserAgent.ToString().Split('/')[0];
        return name.Length == 0 ? "unknown" : name[..Math.Min(name.Length, LongestManager)];
    }
}
