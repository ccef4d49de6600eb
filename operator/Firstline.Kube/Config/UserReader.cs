using System.Text;

namespace Firstline.Kube.Config;

/// <summary>Turns a kubeconfig's user into credentials.</summary>
internal static class UserReader
{
    private static readonly (string Field, string Advice)[] Refused =
    [
        ("as", "(impersonation) is not supported: use a user of its own"),
        ("as-groups", "(impersonation) is not supported: use a user of its own"),
    ];

    public static ICredentials Credentials(ConfigNode user, string name, ConfigNode cluster, KubeConfigOptions options)
    {
        foreach ((string field, string advice) in Refused)
        {
            if (user.Has(field))
            {
                throw user.Wrong(field, advice);
            }
        }

        if (user.Map("auth-provider") is { } provider)
        {
            return provider.Text("name") == "oidc" ? new OidcCredentials(user.File, name, options.Clock) : throw user.Wrong("auth-provider", "is no longer part of Kubernetes: use an exec plugin");
        }

        if (user.Map("exec") is { } exec)
        {
            return new ExecCredentials(ExecPlugin.Read(exec, cluster, options), options.Clock);
        }

        Func<Credential>? certificate = CertificateFiles.ClientCertificate(user, options.Clock);
        if (user.PathOf("tokenFile") is { } path)
        {
            return new TokenFileCredentials(path, user.Source, options.Clock, certificate);
        }

        return user.Text("token") is { } token
            ? new StaticCredentials(new Credential { Token = token, Certificate = certificate?.Invoke().Certificate })
            : certificate is not null ? new CertificateCredentials(certificate) : Basic(user);
    }

    private static StaticCredentials Basic(ConfigNode user) => user.Text("username") is { } name
        ? new(new Credential { Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Text("password")}")) })
        : new(Credential.Anonymous);
}
