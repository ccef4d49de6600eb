using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;

namespace Firstline.Controllers.Remediation;

/// <summary>Asks whether approvers may approve only when the answer decides something: about each approval once, and about all of them right before a change.</summary>
/// <remarks>A request may wait for hours with its approvals, and is looked at every few seconds. Not for several workers at once.</remarks>
public sealed class RememberedRights(IApproverRights rights, TimeProvider clock)
{
    /// <summary>How long an answer other than yes is believed: a right may be given later, or the API server was away.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    // Far more than wait at a time; those of requests that ended go with the rest, and cost one question each when they are wanted again.
    private const int MaxAnswers = 4096;

    private readonly Dictionary<(string Request, string User, string Groups), (bool? MayApprove, DateTimeOffset At)> _answers = [];

    /// <summary>By user name, whether each may approve, as far as it can be told.</summary>
    /// <param name="request">The request.</param>
    /// <param name="approvals">The last word of each approver.</param>
    /// <param name="decides">True when the given rights are all that a change still rests on: then all are asked about now.</param>
    /// <param name="ct">Stops waiting.</param>
    internal async Task<ImmutableDictionary<string, bool>> OfAsync(
        RemediationRequest request, ImmutableArray<ApprovalRecord> approvals, Func<ImmutableDictionary<string, bool>, bool> decides, CancellationToken ct)
    {
        ImmutableArray<ApprovalRecord> due = [.. approvals.Where(a => IsDue(request, a))];
        await AskAsync(request, due, ct);
        ImmutableDictionary<string, bool> known = Known(request, approvals);
        if (due.Length == approvals.Length || !decides(known))
        {
            return known;
        }

        await AskAsync(request, approvals.Except(due), ct);
        return Known(request, approvals);
    }

    private static (string Request, string User, string Groups) KeyOf(RemediationRequest request, ApprovalRecord approval) =>
        (request.Metadata.Uid ?? "", approval.User, string.Join(',', approval.Groups));

    private bool IsDue(RemediationRequest request, ApprovalRecord approval) =>
        !_answers.TryGetValue(KeyOf(request, approval), out (bool? MayApprove, DateTimeOffset At) last)
        || (last.MayApprove != true && (clock.GetUtcNow() - last.At).Duration() >= AskAgain);

    private ImmutableDictionary<string, bool> Known(RemediationRequest request, ImmutableArray<ApprovalRecord> approvals) => approvals
        .Select(a => (a.User, Answer: _answers.GetValueOrDefault(KeyOf(request, a)).MayApprove)).Where(static a => a.Answer is not null)
        .ToImmutableDictionary(static a => a.User, static a => a.Answer!.Value, StringComparer.Ordinal);

    private async Task AskAsync(RemediationRequest request, IEnumerable<ApprovalRecord> approvals, CancellationToken ct)
    {
        ApprovalRecord[] asked = [.. approvals];
        if (asked.Length == 0)
        {
            return;
        }

        if (_answers.Count > MaxAnswers)
        {
            _answers.Clear();
        }

        ImmutableDictionary<string, bool>? answers = await rights.OfAsync(request, asked, ct);
        foreach (ApprovalRecord approval in asked)
        {
            bool? answer = answers is not null && answers.TryGetValue(approval.User, out bool may) ? may : null;
            _answers[KeyOf(request, approval)] = (answer, clock.GetUtcNow());
        }
    }
}
