using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Ports;

/// <summary>What a model may look up about one incident. Reads only.</summary>
public interface IModelTools
{
    /// <summary>The tools that there are.</summary>
    ImmutableArray<ModelTool> Tools { get; }

    /// <summary>Calls one. An unknown name, bad arguments and an object that may not be looked at are answered with a sentence.</summary>
    /// <param name="name">Name of the tool.</param>
    /// <param name="argumentsJson">Its arguments as the model gave them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<string> CallAsync(string name, string argumentsJson, CancellationToken cancellationToken);
}
