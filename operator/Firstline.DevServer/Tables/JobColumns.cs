using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class JobColumns
{
    // In the order in which they decide.
    private static readonly string[] EndConditions = ["Complete", "Failed"];
    private static readonly string[] OtherConditions = ["Suspended", "FailureTarget", "SuccessCriteriaMet"];

    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["Job"] =
        [
            Column.Text("Status", Status),
            Column.Text("Completions", Completions),
            new Column("Duration", "string", 0, (o, now) => Duration(o, now)),
            Column.Age, .. Cells.Containers("spec", "template", "spec", "containers"), Cells.Selector("spec", "selector"),
        ],
        ["CronJob"] =
        [
            Column.Text("Schedule", o => o.Text("spec", "schedule")),
            Column.Text("Timezone", o => Cells.OrNone(o.Text("spec", "timeZone"))),
            Column.Text("Suspend", o => o.Flag("spec", "suspend") ? "True" : "False"),
            Column.Count("Active", o => o.List("status", "active").Count),
            new Column("Last Schedule", "string", 0, (o, now) => LastSchedule(o, now)),
            Column.Age, .. Cells.Containers("spec", "jobTemplate", "spec", "template", "spec", "containers"), Cells.Selector("spec", "jobTemplate", "spec", "selector"),
        ],
    };

    private static string Status(JsonObject job)
    {
        bool Has(string type) => job.Objects("status", "conditions").Any(c => c.Text("type") == type && c.Text("status") == "True");
        return Array.Find(EndConditions, Has)
            ?? (job.Text("metadata", "deletionTimestamp") is null ? null : "Terminating")
            ?? Array.Find(OtherConditions, Has)
            ?? "Running";
    }

    private static string Completions(JsonObject job)
    {
        long succeeded = job.Integer("status", "succeeded") ?? 0;
        long parallelism = job.Integer("spec", "parallelism") ?? 0;
        string wanted = job.Integer("spec", "completions") is { } completions ? $"{completions}" : parallelism > 1 ? $"1 of {parallelism}" : "1";
        return $"{succeeded}/{wanted}";
    }

    private static string Duration(JsonObject job, DateTimeOffset now) => job.Time("status", "startTime") is { } start
        ? HumanDuration.Format((job.Time("status", "completionTime") ?? now) - start)
        : "";

    private static string LastSchedule(JsonObject cronJob, DateTimeOffset now) =>
        cronJob.Time("status", "lastScheduleTime") is { } last ? HumanDuration.Since(last, now) : Cells.None;
}
