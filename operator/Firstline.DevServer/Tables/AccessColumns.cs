using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class AccessColumns
{
    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["ServiceAccount"] = [Column.Count("Secrets", o => o.List("secrets").Count), Column.Age],
        ["Role"] = [Column.CreatedAt],
        ["ClusterRole"] = [Column.CreatedAt],
        ["RoleBinding"] = Binding,
        ["ClusterRoleBinding"] = Binding,
        ["ValidatingAdmissionPolicy"] = [Column.Count("Validations", o => o.List("spec", "validations").Count), ParamKind, Column.Age],
        ["MutatingAdmissionPolicy"] = [Column.Count("Mutations", o => o.List("spec", "mutations").Count), ParamKind, Column.Age],
        ["ValidatingAdmissionPolicyBinding"] = PolicyBinding,
        ["MutatingAdmissionPolicyBinding"] = PolicyBinding,
        ["ValidatingWebhookConfiguration"] = [Column.Count("Webhooks", o => o.List("webhooks").Count), Column.Age],
        ["MutatingWebhookConfiguration"] = [Column.Count("Webhooks", o => o.List("webhooks").Count), Column.Age],
        ["CustomResourceDefinition"] = [Column.CreatedAt],
    };

    private static ImmutableArray<Column> Binding =>
    [
        Column.Text("Role", o => $"{o.Text("roleRef", "kind")}/{o.Text("roleRef", "name")}"),
        Column.Age,
        Column.Wide("Users", o => Subjects(o, "User")),
        Column.Wide("Groups", o => Subjects(o, "Group")),
        Column.Wide("ServiceAccounts", o => Subjects(o, "ServiceAccount")),
    ];

    private static ImmutableArray<Column> PolicyBinding =>
    [
        Column.Text("PolicyName", o => Cells.Text(o, "spec", "policyName")),
        Column.Text("ParamRef", o => o.Fields("spec", "paramRef") is { } p ? $"{p.Text("namespace") ?? "*"}/{p.Text("name") ?? "*"}" : Cells.Unset),
        Column.Age,
    ];

    private static Column ParamKind => Column.Text(
        "ParamKind", o => o.Fields("spec", "paramKind") is { } p ? $"{p.Text("apiVersion")}/{p.Text("kind")}" : Cells.Unset);

    private static string Subjects(JsonObject binding, string kind) => string.Join(", ", binding.Objects("subjects")
        .Where(s => s.Text("kind") == kind)
        .Select(s => kind == "ServiceAccount" ? $"{s.Text("namespace")}/{s.Text("name")}" : s.Text("name")));
}
