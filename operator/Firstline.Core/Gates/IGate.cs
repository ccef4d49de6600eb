using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>One condition that must hold before anything is changed. Pure; fails closed: with its input missing it is never open.</summary>
public interface IGate
{
    /// <summary>CamelCase name, as it stands on the object.</summary>
    string Name { get; }

    /// <summary>Judges a request.</summary>
    /// <param name="input">What is known; a missing part is null.</param>
    /// <param name="now">The time to judge at.</param>
    GateVerdict Judge(GateInput input, DateTimeOffset now);
}
