namespace Firstline.Kube;

/// <summary>Something that no retry can help: the object is left alone until it changes.</summary>
public class TerminalException : Exception
{
    public TerminalException()
    {
    }

    public TerminalException(string message)
        : base(message)
    {
    }

    public TerminalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
