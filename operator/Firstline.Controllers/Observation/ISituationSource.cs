using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Gathers what is known of a subject from the caches.</summary>
public interface ISituationSource
{
    /// <summary>The subject and what belongs to it; null when its kind is not observed.</summary>
    Situation? Observe(TargetRef target);

    /// <summary>Calls <paramref name="changed"/> with each object that a plan may be about, or its namespace, when it has changed: on the watch's own thread, so hand it on and return.</summary>
    void OnChange(Action<TargetRef> changed);

    /// <summary>The situation with all that lies around the subject, for a diagnosis.</summary>
    Situation LookAround(Situation situation);
}
