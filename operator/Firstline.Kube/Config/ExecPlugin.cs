using System.Collections.Immutable;

namespace Firstline.Kube.Config;

/// <summary>A program that hands out credentials, as <c>users[].user.exec</c> describes it.</summary>
internal sealed record ExecPlugin
{
    public required string Command { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>As messages name it: <c>the credential plugin aws of the kubeconfig ...</c>.</summary>
    public required string Label { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? InstallHint { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>The cluster that the plugin is told about; null unless it asks (<c>provideClusterInfo</c>).</summary>
    public ConfigNode? Cluster { get; init; }

    public static ExecPlugin Read(ConfigNode exec, ConfigNode cluster, KubeConfigOptions options)
    {
        string version = exec.Required("apiVersion");
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
        {
            throw exec.Wrong("apiVersion", "must be client.authentication.k8s.io/v1: update the plugin and the kubeconfig");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            throw exec.Wrong("interactiveMode", "is Always, but nobody is there to answer: use a plugin that needs no input");
        }

        string command = exec.Required("command");
        return new ExecPlugin
        {
            Command = command.AsSpan().ContainsAny('/', '\\') ? Path.Combine(exec.Folder, command) : command,
            ApiVersion = version,
            Label = $"the credential plugin {command} of {exec.Source}",
            Arguments = [.. exec.Texts("args")],
            Environment = [.. exec.Maps("env").Select(e => KeyValuePair.Create(e.Required("name"), e.Text("value") ?? ""))],
            InstallHint = exec.Text("installHint"),
            Timeout = options.ExecTimeout,
            Cluster = exec.Flag("provideClusterInfo") ? cluster : null,
        };
    }
}
