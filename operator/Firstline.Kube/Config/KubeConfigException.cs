namespace Firstline.Kube.Config;

/// <summary>The cluster cannot be reached as configured; one sentence: what, which file and field, what to do. Never a secret.</summary>
public sealed class KubeConfigException : Exception
{
    public KubeConfigException()
    {
    }

    public KubeConfigException(string message)
        : base(message)
    {
    }

    public KubeConfigException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
