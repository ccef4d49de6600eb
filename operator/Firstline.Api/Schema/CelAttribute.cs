namespace Firstline.Api.Schema;

/// <summary>A rule in the Common Expression Language that the API server evaluates on write (<c>x-kubernetes-validations</c>).</summary>
/// <param name="rule">Expression; <c>self</c> is the value, <c>oldSelf</c> the stored one.</param>
/// <param name="message">What is wrong and what to do, in one sentence.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class CelAttribute(string rule, string message) : Attribute
{
    /// <summary>Expression.</summary>
    public string Rule { get; } = rule;

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; } = message;
}
