namespace Firstline.Kube;

/// <summary>Something that passes by itself (conflict, throttling, a server away): the work is tried again with backoff.</summary>
public class TransientException : Exception
{
    public TransientException()
    {
    }

    public TransientException(string message)
        : base(message)
    {
    }

    public TransientException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
