using System.CommandLine;
using Firstline.Cli.Cluster;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Cli.Commands;

/// <summary>The options by which a command finds its cluster, as kubectl has them.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig") { Description = "Kubeconfig; by default KUBECONFIG, then ~/.kube/config.", HelpName = "file" };
    private readonly Option<string?> _context = new("--context") { Description = "Context of the kubeconfig; by default its current one.", HelpName = "name" };
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "Namespace; by default the context's.", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Options.Add(_namespace);
        command.Options.Add(_kubeconfig);
        command.Options.Add(_context);
    }

    /// <summary>The namespace that was asked for; null for none.</summary>
    public string? NamespaceOf(ParseResult given) => given.GetValue(_namespace);

    /// <exception cref="KubeConfigException">No cluster is configured, or not rightly.</exception>
    public KubeClient Connect(ParseResult given) => new(
        KubeConfig.Load(new KubeConfigOptions
        {
            Path = given.GetValue(_kubeconfig), Context = given.GetValue(_context), Namespace = given.GetValue(_namespace),
            Clock = TimeProvider.System,
        }),
        TimeProvider.System,
        ClusterClient.Options);
}
