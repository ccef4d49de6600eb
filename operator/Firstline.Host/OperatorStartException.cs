namespace Firstline.Host;

/// <summary>The operator cannot start as it is set up; the message is one sentence for the person who starts it.</summary>
public sealed class OperatorStartException : Exception
{
    public OperatorStartException()
    {
    }

    public OperatorStartException(string message)
        : base(message)
    {
    }

    public OperatorStartException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
