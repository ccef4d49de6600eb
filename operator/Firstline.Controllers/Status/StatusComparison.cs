using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Firstline.Controllers.Status;

/// <summary>Tells whether a status has to be written at all: a write that changes nothing still wakes every watcher.</summary>
internal static class StatusComparison
{
    public static bool AreEqual<TStatus>(TStatus? before, TStatus after, JsonTypeInfo<TStatus> json)
        where TStatus : class =>
        before is not null && JsonSerializer.SerializeToUtf8Bytes(before, json).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(after, json));
}
