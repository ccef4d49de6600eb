namespace Firstline.Kube.Leases;

/// <summary>This process does not hold the lease now, so it must not change anything.</summary>
public sealed class NotLeaderException : TransientException
{
    public NotLeaderException()
    {
    }

    public NotLeaderException(string message)
        : base(message)
    {
    }

    public NotLeaderException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
