namespace Firstline.Kube.Config;

/// <summary>Hands out the credential of the moment: tokens and certificates change while a program runs.</summary>
public interface ICredentials
{
    /// <summary>The credential to use now; asked for each request, so cached by the implementation.</summary>
    /// <exception cref="KubeConfigException">It cannot be had; the message says why and what to do.</exception>
    ValueTask<Credential> GetAsync(CancellationToken ct);

    /// <summary>The server refused the last credential (401): the next call looks again. False when looking again cannot help.</summary>
    bool Renew();
}
