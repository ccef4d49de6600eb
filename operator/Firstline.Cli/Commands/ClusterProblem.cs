using Firstline.Kube.Client;

namespace Firstline.Cli.Commands;

/// <summary>Says what a failed request means for the person at the keyboard.</summary>
internal static class ClusterProblem
{
    public static string Sentence(KubeException e) => e switch
    {
        // Without a name in the answer's details it is the kind that is missing, not the object.
        { Kind: KubeErrorKind.NotFound, Status: null or { Details: null or { Name: null or "" } } } => $"{e.Message}: are the custom resources installed? kubectl apply -f crds/",
        { Kind: KubeErrorKind.NotFound } => $"{e.Message}: if it is in another namespace, name that with -n",
        { Kind: KubeErrorKind.Unauthorized } => $"{e.Message}: the API server does not accept the credentials of your kubeconfig: log in anew, or choose another with --kubeconfig or --context",
        // The connector has said which kubeconfig it was and what to do.
        { InnerException.InnerException: KubeException } => e.Message,
        { Kind: KubeErrorKind.Unreachable or KubeErrorKind.Timeout } => $"{e.Message}: check that the cluster of your kubeconfig runs, or choose another with --kubeconfig",
        _ => e.Message,
    };
}
