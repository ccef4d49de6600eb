using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Ports;

/// <summary>Asks a model. An answer that does not come is a value, not an exception.</summary>
public interface IDiagnoser
{
    /// <summary>Name of the model, as its records show it.</summary>
    string Model { get; }

    /// <summary>Asks once; the model may look things up by the tools before it answers.</summary>
    /// <param name="question">What it is asked.</param>
    /// <param name="tools">What it may look up.</param>
    /// <param name="allowance">What the question may cost; it ends within it.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing else is thrown.</exception>
    Task<ModelReply> AskAsync(ModelQuestion question, IModelTools tools, ModelAllowance allowance, CancellationToken cancellationToken);
}
