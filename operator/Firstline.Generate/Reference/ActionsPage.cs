using System.Collections.Immutable;
using System.Text;
using Firstline.Core.Actions;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Reference;

/// <summary>Writes what each action does, to what, with which parameters and permissions, and how it is undone.</summary>
internal static class ActionsPage
{
    /// <summary>The page.</summary>
    /// <param name="actions">The catalogue.</param>
    /// <param name="documentation">Summaries of the actions' classes, which say whether and how each can be undone.</param>
    public static GeneratedFile File(ImmutableArray<IAction> actions, ApiDocumentation documentation)
    {
        StringBuilder page = new();
        page.Append("# Actions\n\nWritten by `make generate` from the action catalogue. A step of a Runbook names one of these in `action` and sets its parameters in\n");
        page.Append("`with`; there are no others.\n");
        foreach (IAction action in actions)
        {
            Append(page, action, documentation.Describe(action.GetType()));
        }

        return new("docs/actions.md", page.ToString());
    }

    private static void Append(StringBuilder page, IAction action, string summary)
    {
        page.Append($"\n## {action.Name}\n\n{summary}\n\nTargets: {string.Join(", ", action.TargetKinds)}.\n\n");
        if (action.Parameters.IsEmpty)
        {
            page.Append("It has no parameters.\n");
        }
        else
        {
            page.AppendHead("parameter", "default", "what it means");
            foreach (ActionParameter parameter in action.Parameters)
            {
                page.AppendRow($"`{parameter.Name}`", DefaultText(parameter), parameter.Description);
            }
        }

        if (action.Rules.IsEmpty)
        {
            page.Append("\nIt needs no permission in the cluster.\n");
            return;
        }

        page.Append('\n').AppendHead("permission", "on", "why");
        foreach (RbacRule rule in action.Rules)
        {
            page.AppendRow(string.Join(", ", rule.Verbs), rule.ApiGroup.Length == 0 ? rule.Resource : $"{rule.Resource}.{rule.ApiGroup}", rule.Reason);
        }
    }

    private static string DefaultText(ActionParameter parameter) => parameter.Default switch
    {
        null => "must be given",
        "" => "none",
        var text => $"`{text}`",
    };
}
