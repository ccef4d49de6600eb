using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Patching.ServerSideApply;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Patching.ServerSideApply;

public sealed class OwnershipTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AfterUpdate_gives_a_new_object_to_its_writer_in_the_servers_form()
    {
        JsonObject created = JsonText.Parse(
            "{'kind':'Pod','metadata':{'name':'p','uid':'u','labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i','ports':[{'containerPort':80}]}]}}");

        FieldSet fields = Ownership.AfterUpdate(null, created, [], Update("me"), PodSchema.Node).Single().Fields;

        FieldsV1.Format(fields).ShouldBe("""
            {"f:metadata":{"f:labels":{".":{},"f:a":{}}},
             "f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},
               "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}}}}
            """);
    }

    [Fact]
    public void AfterUpdate_moves_changed_fields_to_the_writer_and_forgets_removed_ones()
    {
        JsonObject before = JsonText.Parse("{'metadata':{'labels':{'a':'1','b':'2','c':'3'}}}");
        JsonObject after = JsonText.Parse("{'metadata':{'labels':{'a':'9','b':'2'}}}");
        ImmutableArray<ManagedEntry> owners = Ownership.AfterUpdate(null, before, [], Update("first"), PodSchema.Node);

        ImmutableArray<ManagedEntry> result = Ownership.AfterUpdate(before, after, owners, Update("second"), PodSchema.Node);

        Paths(result, "first").Should().Equal(".metadata.labels", ".metadata.labels.b");
        Paths(result, "second").Should().Equal(".metadata.labels.a");
    }

    [Fact]
    public void AfterUpdate_that_changes_nothing_keeps_times_and_owners()
    {
        JsonObject same = JsonText.Parse("{'metadata':{'labels':{'a':'1'}}}");
        ImmutableArray<ManagedEntry> owners = Ownership.AfterUpdate(null, same, [], Update("me"), PodSchema.Node);

        ImmutableArray<ManagedEntry> result = Ownership.AfterUpdate(same, same, owners, Update("me") with { Now = Now.AddDays(1) }, PodSchema.Node);

        result.Single().Time.Should().Be(Now);
    }

    [Fact]
    public void Apply_owns_what_it_says_and_nothing_on_the_way_there()
    {
        (JsonObject merged, ImmutableArray<ManagedEntry> owners) = Applied(null, "{'spec':{'replicas':1},'metadata':{'labels':{'a':'b'}}}", "me");

        merged.ShouldBe("{'spec':{'replicas':1},'metadata':{'labels':{'a':'b'}}}");
        Paths(owners, "me").Should().Equal(".metadata.labels.a", ".spec.replicas");
    }

    [Fact]
    public void Apply_conflicts_only_over_values_that_differ()
    {
        JsonObject live = Live("{'spec':{'replicas':1},'metadata':{'labels':{'a':'b'}}}", "owner");

        ApplyResult result = Ownership.Apply(live, JsonText.Parse("{'spec':{'replicas':2},'metadata':{'labels':{'a':'b'}}}"), Apply("me"), Force.No, PodSchema.Node);

        result.Should().BeOfType<ApplyResult.Conflicting>().Which.Conflicts.Select(conflict => (conflict.Owner.Manager.Name, conflict.Path))
            .Should().Equal(("owner", ".spec.replicas"));
    }

    [Fact]
    public void Apply_by_force_takes_the_field_over()
    {
        JsonObject live = Live("{'spec':{'replicas':1}}", "owner");

        (JsonObject merged, ImmutableArray<ManagedEntry> owners) = Applied(live, "{'spec':{'replicas':2}}", "me", Force.Yes);

        merged["spec"].ShouldBe("{'replicas':2}");
        owners.Select(entry => entry.Manager.Name).Should().Equal("me");
    }

    [Fact]
    public void Apply_of_the_same_value_shares_the_field()
    {
        JsonObject live = Live("{'spec':{'replicas':1}}", "owner");

        (_, ImmutableArray<ManagedEntry> owners) = Applied(live, "{'spec':{'replicas':1}}", "me");

        Paths(owners, "owner").Should().Contain(".spec.replicas");
        Paths(owners, "me").Should().Equal(".spec.replicas");
    }

    [Theory]
    [InlineData("a map entry that nobody else owns", "{'metadata':{'labels':{'a':'1','b':'2'}}}", "{'metadata':{'labels':{'a':'1'}}}", "{'metadata':{'labels':{'a':'1'}}}")]
    [InlineData("a list item with its defaults", "{'spec':{'containers':[{'name':'a'},{'name':'b','image':'x'}]}}",
        "{'spec':{'containers':[{'name':'a'}]}}", "{'spec':{'containers':[{'name':'a'}]}}")]
    [InlineData("the last field of a structure, and so the structure", "{'spec':{'strategy':{'type':'Recreate'},'replicas':1}}",
        "{'spec':{'replicas':1}}", "{'spec':{'replicas':1}}")]
    [InlineData("an item of a set", "{'metadata':{'finalizers':['x','y']}}", "{'metadata':{'finalizers':['x']}}", "{'metadata':{'finalizers':['x']}}")]
    public void Apply_removes_what_it_applied_before_and_no_longer_does(string situation, string first, string second, string expected)
    {
        (JsonObject live, ImmutableArray<ManagedEntry> owners) = Applied(null, first, "me");
        live = WithOwners(live, owners);

        (JsonObject merged, _) = Applied(live, second, "me");

        JsonObject metadata = (JsonObject)merged["metadata"]!;
        metadata.Remove("managedFields");
        if (metadata.Count == 0)
        {
            merged.Remove("metadata");
        }

        merged.ShouldBe(expected, situation);
    }

    [Fact]
    public void Apply_leaves_what_another_manager_still_owns()
    {
        (JsonObject live, ImmutableArray<ManagedEntry> owners) = Applied(null, "{'spec':{'replicas':1}}", "me");
        (live, owners) = Applied(WithOwners(live, owners), "{'spec':{'replicas':1}}", "other");

        (JsonObject merged, owners) = Applied(WithOwners(live, owners), "{}", "me");

        merged["spec"].ShouldBe("{'replicas':1}");
        owners.Select(entry => entry.Manager.Name).Should().Equal("other");
    }

    [Fact]
    public void Apply_keeps_items_that_others_added_at_their_place()
    {
        JsonObject live = Live("{'spec':{'containers':[{'name':'sidecar'},{'name':'a','image':'1'}]}}", "injector");

        (JsonObject merged, _) = Applied(live, "{'spec':{'containers':[{'name':'b'},{'name':'a','image':'1'}]}}", "me");

        merged["spec"]!["containers"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()).Should().Equal("sidecar", "b", "a");
    }

    [Fact]
    public void Apply_to_an_object_without_owners_conflicts_with_what_was_there()
    {
        JsonObject live = JsonText.Parse("{'metadata':{'name':'p'},'spec':{'replicas':1}}");

        ApplyResult result = Ownership.Apply(live, JsonText.Parse("{'spec':{'replicas':2}}"), Apply("me"), Force.No, PodSchema.Node);

        result.Should().BeOfType<ApplyResult.Conflicting>().Which.Conflicts.Single().Owner.Manager.Name.Should().Be("before-first-apply");
    }

    [Fact]
    public void Apply_never_owns_what_the_endpoint_does_not_write()
    {
        OwnershipClaim claim = Apply("me") with { Unwritable = ["spec"] };

        ApplyResult result = Ownership.Apply(null, JsonText.Parse("{'spec':{'replicas':2},'metadata':{'labels':{'a':'b'}}}"), claim, Force.No, PodSchema.Node);

        Paths(((ApplyResult.Merged)result).Entries, "me").Should().Equal(".metadata.labels.a");
    }

    [Theory]
    [InlineData("an unknown field", "{'spec':{'foo':1}}", ".spec.foo: field not declared in schema")]
    [InlineData("equal keys", "{'spec':{'containers':[{'name':'a'},{'name':'a'}]}}", ".spec.containers: duplicate entries for key [name=\"a\"]")]
    [InlineData("an item without its key", "{'spec':{'containers':[{'image':'a'}]}}",
        ".spec.containers: element 0: associative list with keys has an element that omits all key fields [\"name\"] (and doesn't have default values for any key fields)")]
    [InlineData("a text for a number", "{'spec':{'replicas':'x'}}", ".spec.replicas: expected numeric (int or float), got string")]
    [InlineData("a list for a map", "{'spec':{'strategy':[1]}}", ".spec.strategy: expected map, got &value.valueUnstructured{Value:[1]}")]
    public void AppliedObjectCheck_names(string situation, string applied, string error) =>
        AppliedObjectCheck.Errors(JsonText.Parse(applied), PodSchema.Node).Should().Equal([error], situation);

    [Fact]
    public void FieldsV1_reads_what_it_writes()
    {
        FieldSet set = OwnedFields.Of(JsonText.Parse("{'metadata':{'finalizers':['x'],'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','args':['1']}]}}"), PodSchema.Node);

        FieldsV1.Parse(FieldsV1.Format(set)).Same(set).Should().BeTrue();
    }

    private static (JsonObject Merged, ImmutableArray<ManagedEntry> Owners) Applied(JsonObject? live, string applied, string manager, Force force = Force.No)
    {
        ApplyResult result = Ownership.Apply(live, JsonText.Parse(applied), Apply(manager), force, PodSchema.Node);
        ApplyResult.Merged merged = result.Should().BeOfType<ApplyResult.Merged>().Subject;
        return (merged.Object, merged.Entries);
    }

    private static JsonObject Live(string json, string owner)
    {
        JsonObject live = JsonText.Parse(json);
        return WithOwners(live, Ownership.AfterUpdate(null, live, [], Update(owner), PodSchema.Node));
    }

    private static JsonObject WithOwners(JsonObject json, ImmutableArray<ManagedEntry> owners)
    {
        json["metadata"] ??= new JsonObject();
        ManagedFields.Write(json, owners);
        return json;
    }

    private static string[] Paths(ImmutableArray<ManagedEntry> owners, string manager) =>
        [.. owners.Single(entry => entry.Manager.Name == manager).Fields.Paths()];

    private static OwnershipClaim Update(string manager) =>
        new(new FieldManager(manager, ManagedOperation.Update, ""), "v1", Now) { Presence = FieldPresence.Typed };

    private static OwnershipClaim Apply(string manager) =>
        new(new FieldManager(manager, ManagedOperation.Apply, ""), "v1", Now) { Presence = FieldPresence.Typed };
}
