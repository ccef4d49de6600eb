using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Refuses what a human refused; what it had changed by then is taken back.</summary>
public sealed class RejectionGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Rejection";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) =>
        input.Request.Metadata.Annotations.TryGetValue(AnnotationNames.Rejected, out string? why)
            ? this.Refused(GateReasons.Rejected, string.IsNullOrWhiteSpace(why) ? "a human refused it without saying why" : $"a human refused it: {Bounded(why)}")
            : this.Open("nobody refused it");

    private static string Bounded(string text) => text.Length <= 256 ? text : string.Concat(text.AsSpan(0, 253), "...");
}
