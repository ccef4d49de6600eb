using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Controllers;
using Firstline.Controllers.Observation;
using Firstline.Core.Actions;
using Firstline.Core.Detection;
using Firstline.Generate.Definitions;
using Firstline.Generate.Output;
using Firstline.Generate.Rbac;
using Firstline.Generate.Reference;
using Firstline.Generate.Schemas;

namespace Firstline.Generate;

/// <summary>Everything that <c>make generate</c> writes.</summary>
internal static class GeneratedFiles
{
    /// <summary>Files in the order of their paths.</summary>
    /// <exception cref="GenerateException">The code lacks what a file needs.</exception>
    public static ImmutableArray<GeneratedFile> All()
    {
        SchemaBuilder schemas = new(ApiDocumentation.Of(typeof(IResource).Assembly), actionNames: [.. ActionCatalogue.All.Select(action => action.Name)]);
        ApiDocumentation core = ApiDocumentation.Of(typeof(IAction).Assembly);
        ImmutableArray<GeneratedFile> definitions = CustomResourceDefinition.Files(schemas);
        IEnumerable<GeneratedFile> files =
        [
            .. definitions, DefinitionList.File(definitions), ReasonsPage.File(typeof(IAction).Assembly, typeof(ControllerPermissions).Assembly),
            ActionsPage.File(ActionCatalogue.All, core), CausesPage.File(core), DetectorsPage.File(DetectorCatalogue.All, core),
            .. Roles(ControllerPermissions.All, [.. ActionCatalogue.All.SelectMany(action => action.Rules)]),
        ];
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Leases are the operator's own and live in its namespace; all else is where the workloads are.</summary>
    private static IEnumerable<GeneratedFile> Roles(ImmutableArray<RbacRule> controllers, ImmutableArray<RbacRule> actions)
    {
        ImmutableArray<RbacRule> watching = [.. controllers.Where(rule => rule.ApiGroup != "coordination.k8s.io")];
        ImmutableArray<RbacRule> own = [.. controllers.Except(watching)];
        return
        [
            OperatorRole.File([.. watching, .. actions], own),
            OperatorRole.ObserveOnly(watching),
            OperatorRole.NamespacedCluster(NamespacedRules.Cluster(watching)),
            OperatorRole.NamespacedOwn([.. own, .. NamespacedRules.Own(watching)]),
            OperatorRole.NamespacedEach(NamespacedRules.Each([.. watching, .. actions])),
            OperatorRole.SecretNames("config/components/secret-names/role.yaml", "ClusterRole", ObservationPermissions.SecretNames),
            OperatorRole.SecretNames("config/components/secret-names/namespace/role.yaml", "Role", ObservationPermissions.SecretNames),
        ];
    }
}
