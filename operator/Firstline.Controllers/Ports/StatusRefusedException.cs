using Firstline.Kube;

namespace Firstline.Controllers.Ports;

/// <summary>The API server does not take a status: it does not fit the installed schema, or the object would be too large.</summary>
public sealed class StatusRefusedException : TerminalException
{
    public StatusRefusedException()
    {
    }

    public StatusRefusedException(string message)
        : base(message)
    {
    }

    public StatusRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
