namespace Firstline.Api.V1Alpha1;

/// <summary>Group and version of these resources.</summary>
public static class GroupVersion
{
    /// <summary>API group.</summary>
    public const string Group = "firstline.dev";

    /// <summary>Version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>What objects carry in <c>apiVersion</c>.</summary>
    public const string ApiVersion = Group + "/" + Version;
}
