using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds one kind of trouble. Pure: the same situation and time give the same findings.</summary>
public interface IDetector
{
    /// <summary>CamelCase name; part of fingerprints, so it never changes.</summary>
    string Name { get; }

    /// <summary>Judges one subject.</summary>
    /// <param name="situation">The subject and what belongs to it.</param>
    /// <param name="now">The time to judge at.</param>
    /// <returns>What fires now, and when to look again although nothing changes.</returns>
    DetectorReport Detect(Situation situation, DateTimeOffset now);
}
