using System.Collections.Concurrent;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis.Models;

namespace Firstline.Controllers.Tests.Diagnosis.Models;

/// <summary>A model that says what a test tells it to.</summary>
internal sealed class ScriptedModel(Func<ModelQuestion, IModelTools, CancellationToken, Task<ModelReply>> answer) : IDiagnoser
{
    public string Model => "scripted";

    /// <summary>What it was asked, with what it was allowed.</summary>
    public ConcurrentQueue<(ModelQuestion Question, ModelAllowance Allowance)> Asked { get; } = new();

    public static ModelReply Reply(string answer) => new(answer, new(1, 4000, 300), null, TimeSpan.FromSeconds(1.5));

    public Task<ModelReply> AskAsync(ModelQuestion question, IModelTools tools, ModelAllowance allowance, CancellationToken cancellationToken)
    {
        Asked.Enqueue((question, allowance));
        return answer(question, tools, cancellationToken);
    }
}
