using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>How suspicious a change is, in [0, 100], and why: points for when it was made, for what it is to the object in trouble, and for what it changed.</summary>
/// <remarks>
/// <para>When: at most 2 min before the trouble began 40, 5 min 34, 10 min 26, <see cref="ChangeFinder.Suspicious"/> 16, 2 h 6, before that 2; after it the score is 0.</para>
/// <para>What it is: the object itself 30, what its pods complain of 30, what they read 26, what they call 22, what decides about them 18, their node 10, something of the cluster 6, a neighbour 2.</para>
/// <para>What it changed: what explains how it fails 25, what a failing container reads 20; image, command, environment or configuration 15, anything else 8, nothing but annotations or
/// the number of pods 0.
/// A rollout that a later one replaced is halved: what it made is gone.</para>
/// </remarks>
/// <param name="Points">In [0, 100].</param>
/// <param name="Reason">What the points are for, in one sentence.</param>
internal sealed record ChangeScore(int Points, string Reason)
{
    private const int Most = 100;

    /// <summary>Scores a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="onset">When the trouble began.</param>
    /// <param name="failures">Containers in trouble.</param>
    public static ChangeScore Of(Change change, DateTimeOffset onset, ImmutableArray<FailingContainer> failures)
    {
        if (change.Time > onset + ChangeFinder.ClockSlack)
        {
            return new(0, "made after the trouble began, so it cannot be the cause");
        }

        ImmutableArray<(int Points, string Why)> parts = [When(onset - change.Time), Who(change), What(change, failures)];
        int sum = Math.Min(Most, parts.Sum(static p => p.Points));
        string why = string.Join("; ", parts.Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Why} (+{p.Points})")));
        return change.IsSuperseded ? new(sum / 2, $"{why}; replaced since (halved)") : new(sum, why);
    }

    private static (int Points, string Why) When(TimeSpan before)
    {
        string made = $"made {ChangeFinder.Before(before)}";
        return before switch
        {
            { TotalMinutes: <= 2 } => (40, made),
            { TotalMinutes: <= 5 } => (34, made),
            { TotalMinutes: <= 10 } => (26, made),
            _ when before <= ChangeFinder.Suspicious => (16, made),
            { TotalHours: <= 2 } => (6, made),
            _ => (2, $"{made}, which is long before"),
        };
    }

    private static (int Points, string Why) Who(Change change) => change.Relation switch
    {
        ChangeRelation.Self => (30, "of the object in trouble itself"),
        ChangeRelation.Named => (30, "of what a log or an Event of its pods names"),
        ChangeRelation.Read => (26, "of what its pods read"),
        ChangeRelation.Called => (22, "of what its pods call"),
        ChangeRelation.Governs => (18, "of what decides about its pods"),
        ChangeRelation.Node => (10, "of the node of its pods"),
        ChangeRelation.Cluster => (6, "of the whole cluster"),
        _ => (2, "of a neighbour that nothing ties to it"),
    };

    private static (int Points, string Why) What(Change change, ImmutableArray<FailingContainer> failures) =>
        change.IsScaling ? (0, "the number of pods alone")
        : change.Touches(TemplateAspect.RestartOnly) ? (0, "a restart alone")
        : change.Relation == ChangeRelation.Self && failures.Any(f => Explains(change, f.Sign)) ? (25, "it explains how the pods fail")
        : change.Relation == ChangeRelation.Read && failures.Any(f => Reads(f, change)) ? (20, "a failing container reads it")
        : change.Touches(TemplateAspect.Image, TemplateAspect.Command, TemplateAspect.Environment, TemplateAspect.Configuration) ? (15, "it changed what runs")
        : (8, "it may matter");

    /// <summary>True when what a rollout changed explains how a container fails.</summary>
    public static bool Explains(Change rollout, FailureSign sign) => sign switch
    {
        FailureSign.ImagePull => rollout.Touches(TemplateAspect.Image),
        FailureSign.OomKill => rollout.Touches(TemplateAspect.Resources, TemplateAspect.Image),
        FailureSign.Creation => rollout.Touches(TemplateAspect.Environment, TemplateAspect.Configuration, TemplateAspect.Command),
        FailureSign.Unready => rollout.Touches(TemplateAspect.Probe, TemplateAspect.Image, TemplateAspect.Command, TemplateAspect.Environment),
        _ => rollout.Touches(TemplateAspect.Image, TemplateAspect.Command, TemplateAspect.Environment, TemplateAspect.Configuration, TemplateAspect.Containers),
    };

    private static bool Reads(FailingContainer failure, Change change) => failure.Container.ConfigReferences.Any(r => r.Kind == change.Resource.Kind && r.Name == change.Resource.Name);
}
