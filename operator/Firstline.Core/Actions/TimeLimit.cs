using Firstline.Api.Meta;

namespace Firstline.Core.Actions;

/// <summary>The parameter that bounds a step that takes more than one request.</summary>
internal static class TimeLimit
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public static ActionParameter Parameter(string name, string standard) =>
        new(name, $"How long it may take, 10s to 2h, such as {standard}; what is not done by then is left.", standard, Problem);

    public static TimeSpan Of(ActionRequest request, string name) => Duration.TryParse(request.Parameters[name], out Duration duration) ? duration.Value : Longest;

    private static string? Problem(string value) =>
        Duration.TryParse(value, out Duration duration) && duration.Value >= TimeSpan.FromSeconds(10) && duration.Value <= Longest ? null : "must be a time from 10s to 2h, such as 10m";
}
