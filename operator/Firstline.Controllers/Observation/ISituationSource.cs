using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Gathers what is known of a subject from the caches.</summary>
public interface ISituationSource
{
    /// <summary>The subject and what belongs to it; null when its kind is not observed.</summary>
    Situation? Observe(TargetRef target);

    /// <summary>The situation with all that lies around the subject, for a diagnosis.</summary>
    Situation LookAround(Situation situation);
}
