using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Remediation;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class RememberedRightsTests
{
    private static readonly RemediationRequest Request = new() { Metadata = new() { Name = "undo", Namespace = "shop", Uid = "u" } };
    private readonly ApiServer _server = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RememberedRights _rights;

    public RememberedRightsTests() => _rights = new(_server, _clock);

    [Fact]
    public async Task However_often_a_request_is_looked_at_each_approval_is_asked_about_once()
    {
        for (int look = 0; look < 1000; look++)
        {
            (await LookAsync(decides: false, "ann", "bob"))["ann"].Should().BeTrue();
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        _server.Asked.Should().Equal("ann", "bob");
    }

    [Fact]
    public async Task Right_before_a_change_all_are_asked_about_anew()
    {
        await LookAsync(decides: false, "ann", "bob");
        _server.Denied.Add("ann");

        ImmutableDictionary<string, bool> rights = await LookAsync(decides: true, "ann", "bob");

        (rights["ann"], rights["bob"]).Should().Be((false, true), "a right that was withdrawn meanwhile counts no more");
        _server.Asked.Should().Equal("ann", "bob", "ann", "bob");
    }

    [Fact]
    public async Task An_approval_that_decides_at_once_is_asked_about_once()
    {
        (await LookAsync(decides: true, "ann"))["ann"].Should().BeTrue();
        _server.Asked.Should().Equal("ann");
    }

    [Theory]
    [InlineData("denied", false)]
    [InlineData("it could not be told", true)]
    public async Task An_answer_other_than_yes_is_asked_for_again_after_a_minute(string situation, bool isAway)
    {
        _server.Denied.Add("ann");
        _server.IsAway = isAway;
        ImmutableDictionary<string, bool> first = await LookAsync(decides: false, "ann");
        _server.Denied.Clear();
        _server.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(59));
        ImmutableDictionary<string, bool> soon = await LookAsync(decides: false, "ann");
        _clock.Advance(TimeSpan.FromSeconds(1));

        first.GetValueOrDefault("ann").Should().BeFalse(situation);
        first.ContainsKey("ann").Should().Be(!isAway, "what can't be told is not there");
        soon.Should().Equal(first);
        (await LookAsync(decides: false, "ann"))["ann"].Should().BeTrue(situation);
    }

    [Fact]
    public async Task Another_group_beside_the_approval_is_another_question()
    {
        _server.Denied.Add("ann");
        await LookAsync(decides: false, "ann");
        _server.Denied.Clear();

        (await _rights.OfAsync(Request, [Approval("ann") with { Groups = ["oncall"] }], static _ => false, CancellationToken.None))["ann"].Should().BeTrue();
    }

    private Task<ImmutableDictionary<string, bool>> LookAsync(bool decides, params string[] users) =>
        _rights.OfAsync(Request, [.. users.Select(Approval)], _ => decides, CancellationToken.None);

    private static ApprovalRecord Approval(string user) => new() { User = user, Decision = ApprovalDecision.Approved };

    private sealed class ApiServer : IApproverRights
    {
        public List<string> Asked { get; } = [];

        public HashSet<string> Denied { get; } = [];

        public bool IsAway { get; set; }

        public Task<ImmutableDictionary<string, bool>?> OfAsync(RemediationRequest request, IEnumerable<ApprovalRecord> approvals, CancellationToken cancellationToken)
        {
            string[] users = [.. approvals.Select(static a => a.User)];
            Asked.AddRange(users);
            return Task.FromResult(IsAway ? null : users.ToImmutableDictionary(static u => u, u => !Denied.Contains(u)));
        }
    }
}
