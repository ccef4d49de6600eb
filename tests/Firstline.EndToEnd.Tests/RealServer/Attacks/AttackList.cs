using System.Collections.Immutable;

namespace Firstline.EndToEnd.Tests.RealServer.Attacks;

/// <summary>The attempts. Each is refused by the API server, and leaves nothing behind.</summary>
internal static class AttackList
{
    private const string OwnName = "firstline.dev/approved must be your own user name";
    private const string NoVerb = "the verb approve is missing";
    private const string NoHuman = "only a human approves";
    private const string NotSeen = "the operator has not recorded yet";
    private const string Immutable = "can't be changed; reject it, and the operator plans anew";
    private const string AppendOnly = "status.approvals is append-only";
    private const string InOneRequest = "not written and approved in one request";
    private const string Rewrite = "patch rbk undo --type=merge --patch-file=/dev/stdin";
    private const string NoOther = "status.approvals records the approval that stands in the annotation";

    public static ImmutableArray<Attack> Of(Castle castle) =>
    [
        .. ForgedNames(castle), .. LookAlikes(), .. OthersAnnotations(castle), .. Groups(), .. Creation(), .. Status(), .. PlanSwaps(), .. Runbooks(castle), .. Authors(castle), .. Commanders(castle),
    ];

    private static IEnumerable<Attack> ForgedNames(Castle castle) =>
    [
        new("in the name of somebody who may", "mallory", "annotate remreq fresh firstline.dev/approved=alice", OwnName),
        new("in one's own name, without the right", "mallory", "annotate remreq fresh firstline.dev/approved=mallory", NoVerb),
        new("in a colleague's name, with the right", "carol", "annotate remreq fresh firstline.dev/approved=alice", OwnName),
        new("in the name of the superuser", "root", "annotate remreq fresh firstline.dev/approved=alice", OwnName),
        new("both names at once", "carol", "annotate remreq fresh firstline.dev/approved=alice,carol", OwnName),
        new("true in place of a name", "mallory", "annotate remreq fresh firstline.dev/approved=true", OwnName),
        new("a ServiceAccount with the approver's role", castle.Robot, $"annotate remreq fresh firstline.dev/approved={castle.Robot}", NoHuman),
        new("a ServiceAccount in a human's name", castle.Robot, "annotate remreq fresh firstline.dev/approved=alice", NoHuman),
        new("a node", "system:node:n1", "annotate remreq fresh firstline.dev/approved=system:node:n1 --as-group=approvers", NoHuman),
        new("nobody, logged in as nobody", "system:anonymous", "annotate remreq fresh firstline.dev/approved=system:anonymous", "forbidden"),
        new("the operator itself", Castle.AlmightyOperator, $"annotate remreq fresh firstline.dev/approved={RealServerFixture.OperatorUser}", NoHuman),
    ];

    private static IEnumerable<Attack> LookAlikes() =>
    [
        new("a Cyrillic letter in a colleague's name", "carol", "annotate remreq fresh firstline.dev/approved=\u0430lice", OwnName),
        new("a user who is called so, without the right", "\u0430lice", "annotate remreq fresh firstline.dev/approved=\u0430lice", "forbidden"),
        new("an invisible character behind one's own name, to count twice", "carol", "annotate remreq fresh firstline.dev/approved=carol\u200b", OwnName),
        new("one's own name in capitals, to count twice", "carol", "annotate remreq fresh firstline.dev/approved=Carol", OwnName),
        new("a blank behind one's own name, to count twice", "carol", "annotate remreq fresh \"firstline.dev/approved=carol \"", OwnName),
        new("a name of 20,000 letters", "carol", $"annotate remreq fresh firstline.dev/approved={new string('a', 20_000)}", OwnName),
        new("more than an object may hold", "carol", "patch remreq fresh --type=merge --patch-file=/dev/stdin", "Too long",
            $$$$"""{"metadata":{"annotations":{"firstline.dev/approved":"{{{{new string('a', 300_000)}}}}"}}}"""),
    ];

    private static IEnumerable<Attack> OthersAnnotations(Castle castle) =>
    [
        new("a colleague's approval away, by one who may approve", "carol", "annotate remreq recorded firstline.dev/approved-", "withdrawn by the one who gave it"),
        new("a colleague's approval away, by one who may not", "mallory", "annotate remreq recorded firstline.dev/approved-", "withdrawn by the one who gave it"),
        new("over a colleague's approval before it was recorded", "carol", "annotate remreq unseen --overwrite firstline.dev/approved=carol", NotSeen),
        new("over a withdrawal before it was recorded", "carol", "annotate remreq withdrawn firstline.dev/approved=carol", NotSeen),
        new("a refusal without the right", "mallory", "annotate remreq fresh firstline.dev/rejected=no", NoVerb),
        new("a colleague's refusal away, without the right", "mallory", "annotate remreq refused firstline.dev/rejected-", NoVerb),
        new("an answer without the right", "mallory", "annotate remreq recorded firstline.dev/answer=helped", NoVerb),
        new("an answer by a ServiceAccount", castle.Robot, "annotate remreq recorded firstline.dev/answer=helped", NoHuman),
        new("a refusal away, by a ServiceAccount", Castle.AlmightyOperator, "annotate remreq refused firstline.dev/rejected-", NoHuman),
    ];

    private static IEnumerable<Attack> Groups() =>
    [
        new("a group that one is not in", "carol", "annotate remreq fresh firstline.dev/approved=carol firstline.dev/approved-groups=system:masters", "a group that you are not in"),
        new("a group for a colleague", "carol", "annotate remreq recorded firstline.dev/approved-groups=system:authenticated", "belongs to the approval beside it"),
        new("a group beside a refusal, without the right", "mallory", "annotate remreq fresh firstline.dev/approved-groups=system:authenticated", NoVerb),
    ];

    private static IEnumerable<Attack> Creation() =>
    [
        new("created already approved, by one who may approve", "root", "create -f -", "can't be created already approved", Castle.Request("born", "firstline.dev/approved", "root")),
        new("created already approved, by server-side apply", "root", "apply --server-side -f -", "can't be created already approved", Castle.Request("born", "firstline.dev/approved", "root")),
        new("created already refused", "root", "create -f -", "can't be created already approved", Castle.Request("born", "firstline.dev/rejected", "no")),
        new("created already answered", "root", "create -f -", "can't be created already approved", Castle.Request("born", "firstline.dev/answer", "helped")),
        new("created with a group", "root", "create -f -", "can't be created already approved", Castle.Request("born", "firstline.dev/approved-groups", "system:masters")),
        new("created by one who may not", "mallory", "create -f -", "forbidden", Castle.Request("born", "x", "y")),
    ];

    private static IEnumerable<Attack> Status() =>
    [
        Patch("an approval of nobody", "root", "fresh", Approvals("alice"), NoOther),
        Patch("an approval of nobody, by the operator", Castle.AlmightyOperator, "fresh",
            Approvals("alice"), NoOther),
        Patch("a second approval beside a true one", "root", "recorded", Approvals("alice", "carol"), NoOther),
        Patch("the record gone", "root", "recorded", """{"approvals":[]}""", AppendOnly),
        Patch("the record of another plan", "root", "recorded",
            """{"approvals":[{"user":"alice","decision":"Approved","seenAt":"2026-11-20T10:01:00Z","planHash":"0","identity":"Verified"}]}""", AppendOnly),
        Patch("a withdrawal hidden", "root", "withdrawn", """{"approver":null}""", "cleared only with the withdrawal recorded"),
        Patch("a name seen that was never written", "root", "fresh", """{"approver":"carol"}""", "status.approver records what stands in the annotation"),
        Patch("by one who may not", "mallory", "fresh", """{"stage":"Permitted"}""", "forbidden"),
    ];

    private static IEnumerable<Attack> PlanSwaps() =>
    [
        Swap("another change under an approved request", """{"plan":{"summary":"delete everything"}}"""),
        Swap("another hash under an approved request", """{"planHash":"0"}"""),
        Swap("a level that needs nobody", """{"level":"L1"}"""),
        Swap("a time that never ends", """{"expiresAt":"2099-01-01T00:00:00Z"}"""),
    ];

    private static IEnumerable<Attack> Runbooks(Castle castle) =>
    [
        new("a revision, by one who may write runbooks and no more", "mallory", "annotate rbk undo firstline.dev/approved-revision=0", "may not approve runbooks"),
        new("a revision, by a ServiceAccount", castle.Robot, "annotate rbk undo firstline.dev/approved-revision=0", NoHuman),
        new("a runbook born approved", "mallory", "create -f -", "may not approve runbooks", Castle.Runbook("born", "firstline.dev/approved-revision", "0")),
        new("a runbook born approved, by one who may do both", "carol", "create -f -", InOneRequest, Castle.Runbook("born", "firstline.dev/approved-revision", "0")),
        new("other steps with their approval, by one who may do both", "carol", Rewrite, InOneRequest, """{"metadata":{"annotations":{"firstline.dev/approved-revision":"0"}},"spec":{"description":"mine"}}"""),
        new("other steps with their approval, by an approver", "alice", Rewrite, InOneRequest, """{"metadata":{"annotations":{"firstline.dev/approved-revision":"0"}},"spec":{"description":"mine"}}"""),
        new("other steps under an approved revision, by an approver", "alice", Rewrite, "the verb update is missing", """{"spec":{"description":"mine"}}"""),
        new("the same by server-side apply", "alice", "apply --server-side --force-conflicts -f -", "the verb update is missing", Castle.Rewritten("undo")),
    ];

    private static IEnumerable<Attack> Authors(Castle castle) =>
    [
        new("a runbook by a trusted author, written by another", "mallory", "create -f -", "firstline.dev/author must be your own user name", Castle.RunbookBy("born", "system:serviceaccount:flux-system:kustomize-controller")),
        new("the trusted author put on one's own runbook", "mallory", "annotate rbk undo firstline.dev/author=system:serviceaccount:flux-system:kustomize-controller", "is a fact"),
        new("the trusted author's name on what others have written before", "system:serviceaccount:flux-system:kustomize-controller --as-group=system:masters", "annotate rbk undo firstline.dev/author=system:serviceaccount:flux-system:kustomize-controller", "is a fact"),
        new("another content under the trusted author's name", "mallory", "patch rbk trusted --type=merge --patch={\\\"spec\\\":{\\\"description\\\":\\\"harmless\\\"}}", "would not be by system:serviceaccount"),
        new("an incident opened in another's name, to approve one's own", "carol", "create -f -", "firstline.dev/author must be your own user name", Castle.Incident("born", "mallory", "Manual")),
        new("an incident that a detector is said to have found", "carol", "create -f -", "has spec.source Manual", Castle.Incident("born", "", "Detector")),
        new("the same by a ServiceAccount that may open incidents", castle.Robot, "create -f -", "has spec.source Manual", Castle.Incident("born", "", "Detector")),
        new("an incident that an alert is said to have opened, by such a ServiceAccount", castle.Robot, "create -f -", "has spec.source Manual", Castle.Incident("born", "", "Alertmanager")),
        new("one's own name taken off the incident that one opened", "carol", "annotate inc by-carol firstline.dev/author-", "is a fact"),
        new("another's name put on the incident that one opened", "carol", "annotate inc by-carol --overwrite firstline.dev/author=mallory", "is a fact"),
    ];

    private static IEnumerable<Attack> Commanders(Castle castle) =>
    [
        Command("a ServiceAccount in command", castle.Robot, castle.Robot, "led by a human"),
        Command("a human put in command by a ServiceAccount", castle.Robot, "mallory", "led by a human"),
        Command("the operator in command", Castle.AlmightyOperator, RealServerFixture.OperatorUser, "led by a human"),
        Command("a ServiceAccount put in command by a human", "mallory", castle.Robot, "one takes command in person"),
        Command("a colleague put in command", "mallory", "alice", "one takes command in person"),
        Command("a Cyrillic letter in one's name, to be somebody else", "carol", "\u0441arol", "one takes command in person"),
        Command("in command without the right to incidents", "alice", "alice", "forbidden"),
        new("an incident opened with a colleague in command", "carol", "create -f -", "one takes command in person", Castle.IncidentLedBy("born", "mallory")),
        new("an incident opened by a ServiceAccount with itself in command", castle.Robot, "create -f -", "led by a human", Castle.IncidentLedBy("born", castle.Robot)),
        new("a colleague's command laid down", "mallory", "patch inc by-carol --type=merge --patch-file=/dev/stdin", "laid down by the one who has it", """{"spec":{"commander":null}}"""),
        new("the same by a ServiceAccount", castle.Robot, "patch inc by-carol --type=merge --patch-file=/dev/stdin", "led by a human", """{"spec":{"commander":""}}"""),
    ];

    private static Attack Command(string situation, string actor, string commander, string words) =>
        new(situation, actor, "patch inc by-carol --type=merge --patch-file=/dev/stdin", words, $$$"""{"spec":{"commander":"{{{commander}}}"}}""");

    private static string Approvals(params string[] users) => $$"""{"approvals":[{{string.Join(',', users.Select(Castle.Approval))}}]}""";

    private static Attack Patch(string situation, string actor, string request, string status, string words) => new(
        $"status: {situation}", actor, $"patch remreq {request} --subresource=status --type=merge --patch-file=/dev/stdin", words, $$"""{"status":{{status}} }""");

    private static Attack Swap(string situation, string spec) =>
        new(situation, "root", "patch remreq recorded --type=merge --patch-file=/dev/stdin", Immutable, $$"""{"spec":{{spec}} }""");
}
