using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>How an object is deleted.</summary>
internal sealed record DeleteOptions
{
    public static readonly DeleteOptions Background = new() { Propagation = Writing.Propagation.Background };

    public WriteMode Mode { get; init; } = WriteMode.Commit;

    /// <summary>Null where the client did not say.</summary>
    public Propagation? Propagation { get; init; }

    /// <summary>Null where the client did not say.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>The UID that the object must have; null for any.</summary>
    public string? Uid { get; init; }

    /// <summary>The version that the object must have; null for any.</summary>
    public string? ResourceVersion { get; init; }

    /// <param name="request">Its query counts where there is no body.</param>
    /// <param name="body">A DeleteOptions object; null for none.</param>
    /// <exception cref="ApiException">422: an option has a value that it cannot have.</exception>
    public static DeleteOptions Read(ApiRequest request, JsonObject? body)
    {
        List<StatusCause> causes = [];
        WriteMode mode = body is null ? WriteOptions.ReadMode(request, causes) : ReadMode(body, causes);
        Propagation? propagation = ReadPropagation(request, body, causes);
        if (causes.Count > 0)
        {
            throw ApiErrors.InvalidOptions("DeleteOptions", [.. causes]);
        }

        return new DeleteOptions
        {
            Mode = mode,
            Propagation = propagation,
            GracePeriodSeconds = body is null ? Number(request) : Number(body["gracePeriodSeconds"]),
            Uid = ObjectMetadata.AsText(body?["preconditions"]?["uid"]),
            ResourceVersion = ObjectMetadata.AsText(body?["preconditions"]?["resourceVersion"]),
        };
    }

    private static Propagation? ReadPropagation(ApiRequest request, JsonObject? body, List<StatusCause> causes)
    {
        string policy = body is null ? request.Query("propagationPolicy") : ObjectMetadata.AsText(body["propagationPolicy"]) ?? "";
        if (policy.Length > 0 && Legacy(body) is not null)
        {
            causes.Add(ApiErrors.InvalidValue("propagationPolicy", $"\"{policy}\"", "orphanDependents and deletionPropagation cannot be both set"));
        }

        if (policy.Length == 0)
        {
            return Legacy(body);
        }

        if (Enum.TryParse(policy, out Propagation propagation))
        {
            return propagation;
        }

        causes.Add(ApiErrors.Unsupported("propagationPolicy", $"\"{policy}\"", "Foreground", "Background", "Orphan", "nil"));
        return null;
    }

    /// <summary>The field that was there before propagation policies.</summary>
    private static Propagation? Legacy(JsonObject? body) => body?["orphanDependents"]?.GetValueKind() switch
    {
        JsonValueKind.True => Writing.Propagation.Orphan,
        JsonValueKind.False => Writing.Propagation.Background,
        _ => null,
    };

    private static WriteMode ReadMode(JsonObject body, List<StatusCause> causes)
    {
        string[] values = [.. (body["dryRun"] as JsonArray ?? []).Select(value => ObjectMetadata.AsText(value) ?? "")];
        if (values.Any(value => value != "All"))
        {
            causes.Add(ApiErrors.Unsupported("dryRun", $"[{string.Join(",", values.Select(value => $"\"{value}\""))}]", "All"));
        }

        return values.Length > 0 ? WriteMode.DryRun : WriteMode.Commit;
    }

    private static long? Number(ApiRequest request) => request.Query("gracePeriodSeconds") switch
    {
        "" => null,
        string text => Number(text) ?? throw ApiErrors.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    private static long? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? Number(node.ToJsonString()) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
