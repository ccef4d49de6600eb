namespace Firstline.Kube.Tests.Scripted;

/// <summary>How long a test waits for something that must happen before it fails; passing tests never wait for it.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static CancellationToken Token => new CancellationTokenSource(Limit).Token;
}
