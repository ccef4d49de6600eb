namespace Firstline.DevServer.Http;

/// <summary>The server cannot start; the message is one sentence that says what to do.</summary>
public sealed class DevServerException : Exception
{
    public DevServerException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
