using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What came of sending a step, or of looking whether it was sent.</summary>
public abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>Nothing was to be sent.</summary>
    public sealed record None : StepOutcome;

    /// <summary>The API server accepted it, now or before a crash.</summary>
    /// <param name="Generation">metadata.generation of the object after it; null where the kind has none, or the object is gone.</param>
    /// <param name="ContentHash">Hash of the object's content after it, for kinds without a generation; of a Deployment or StatefulSet that of its spec without replicas.</param>
    /// <param name="Message">What was done, in one sentence.</param>
    public sealed record Applied(long? Generation, string? ContentHash, string Message) : StepOutcome
    {
        /// <summary>What it put out, such as the end of a Job's log, redacted; null when it put out nothing.</summary>
        public string? Output { get; init; }

        /// <summary>The object as the API server answered it; null when it answered none.</summary>
        public JsonNode? After { get; init; }
    }

    /// <summary>A part of it is done, or what it began has not ended. Sending it again goes on from there.</summary>
    /// <param name="Message">How far it is and what it waits for, in one sentence.</param>
    /// <param name="Again">When to send it again.</param>
    public sealed record Waiting(string Message, TimeSpan Again) : StepOutcome
    {
        /// <summary>True while none of it is done, so that nothing was changed yet.</summary>
        public bool IsUntouched { get; init; }
    }

    /// <summary>It was carried out, at least in part, and came to nothing.</summary>
    /// <param name="Reason">Why, in one CamelCase word.</param>
    /// <param name="Message">What was done and what went wrong, in one sentence.</param>
    public sealed record Failed(string Reason, string Message) : StepOutcome
    {
        /// <summary>What it put out, such as the end of a Job's log, redacted; null when it put out nothing.</summary>
        public string? Output { get; init; }
    }

    /// <summary>Nothing was changed: the API server was asked to try the plan.</summary>
    /// <param name="Preview">What it answered.</param>
    public sealed record Previewed(PlanPreview Preview) : StepOutcome;

    /// <summary>It was not sent before the crash; nothing was changed.</summary>
    public sealed record NotApplied : StepOutcome;

    /// <summary>The object is not what the step was planned on; nothing was changed.</summary>
    /// <param name="Message">What differs, in one sentence.</param>
    public sealed record Drifted(string Message) : StepOutcome;

    /// <summary>The API server refused it for good; nothing was changed.</summary>
    /// <param name="Message">The API server's own words.</param>
    public sealed record Refused(string Message) : StepOutcome;
}
