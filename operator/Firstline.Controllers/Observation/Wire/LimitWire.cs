using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record QuotaWire(ObjectMeta? Metadata, QuotaStatusWire? Status);

internal sealed record QuotaStatusWire(Dictionary<string, JsonElement>? Hard, Dictionary<string, JsonElement>? Used);

internal sealed record LimitRangeWire(ObjectMeta? Metadata, LimitRangeSpecWire? Spec);

internal sealed record LimitRangeSpecWire(LimitWire[]? Limits);

internal sealed record LimitWire(
    string? Type, Dictionary<string, JsonElement>? Min, Dictionary<string, JsonElement>? Max, Dictionary<string, JsonElement>? Default, Dictionary<string, JsonElement>? DefaultRequest,
    Dictionary<string, JsonElement>? MaxLimitRequestRatio);
