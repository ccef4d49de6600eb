using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Keeps <c>metadata.managedFields</c>: who owns which field after an update or an apply.</summary>
internal static class Ownership
{
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>Fields of metadata that the server owns itself.</summary>
    private static readonly string[] ServerMetadata =
        ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion", "deletionTimestamp",
         "deletionGracePeriodSeconds"];

    /// <summary>After a create, a replace or a patch other than apply: the writer takes what it added or changed; nobody keeps what is gone.</summary>
    /// <param name="before">Null on create.</param>
    /// <param name="after">The object to be stored.</param>
    /// <param name="entries">The managed fields before.</param>
    /// <param name="writer">Who writes, in which version, when.</param>
    /// <param name="schema">The kind's schema.</param>
    public static ImmutableArray<ManagedEntry> AfterUpdate(
        JsonObject? before, JsonObject after, ImmutableArray<ManagedEntry> entries, OwnershipClaim writer, SchemaNode schema)
    {
        FieldComparison change = Compare(before ?? [], after, writer, schema);
        FieldSet taken = change.Taken.Difference(writer.ServerFilled);
        List<ManagedEntry> result = [];
        FieldSet own = taken;
        DateTimeOffset? time = taken.IsEmpty ? null : writer.Now;
        foreach (ManagedEntry entry in entries)
        {
            FieldSet kept = entry.Fields.Difference(change.Removed);
            if (entry.Is(writer.Manager, writer.ApiVersion))
            {
                own = kept.Union(taken);
                time ??= entry.Time;
            }
            else
            {
                Keep(result, entry, kept.Difference(taken));
            }
        }

        Keep(result, new ManagedEntry(writer.Manager, writer.ApiVersion, time, FieldSet.Empty), own);
        return [.. result];
    }

    /// <summary>Lays <paramref name="applied"/> over <paramref name="live"/>, removes what the manager applied before and nobody owns now, finds conflicts.</summary>
    /// <param name="live">Null when the object does not exist.</param>
    /// <param name="applied">The configuration, only with fields that this endpoint may set.</param>
    /// <param name="writer">Who applies, in which version, when.</param>
    /// <param name="force">Whether conflicting fields are taken over.</param>
    /// <param name="schema">The kind's schema.</param>
    public static ApplyResult Apply(JsonObject? live, JsonObject applied, OwnershipClaim writer, Force force, SchemaNode schema)
    {
        ImmutableArray<ManagedEntry> entries = live is null ? [] : WithFirstOwner(live, writer, schema);
        ManagedEntry? former = entries.FirstOrDefault(entry => entry.Is(writer.Manager, writer.ApiVersion));
        ImmutableArray<ManagedEntry> others = [.. entries.Where(entry => entry != former)];
        FieldSet claimed = Claimable(OwnedFields.Of(applied, schema), writer);

        JsonObject merged = (JsonObject)ApplyMerge.Merge(live ?? [], applied, schema)!;
        FieldRemoval.Remove(merged, NoLongerOwned(former, others, OwnedFields.Of(applied, schema), schema), schema);
        FieldComparison change = Compare(live ?? [], merged, writer, schema);
        ImmutableArray<OwnershipConflict> conflicts = Conflicts(others, change.Taken);
        if (!conflicts.IsEmpty && force == Force.No)
        {
            return new ApplyResult.Conflicting(conflicts);
        }

        List<ManagedEntry> result = [];
        foreach (ManagedEntry entry in others)
        {
            Keep(result, entry, entry.Fields.Difference(change.Removed).Difference(change.Taken));
        }

        Keep(result, new ManagedEntry(writer.Manager, writer.ApiVersion, JsonEquality.Same(live, merged) ? former?.Time : writer.Now, FieldSet.Empty), claimed);
        return new ApplyResult.Merged(merged, [.. result]);
    }

    private static FieldSet NoLongerOwned(ManagedEntry? former, ImmutableArray<ManagedEntry> others, FieldSet claimed, SchemaNode schema)
    {
        FieldSet owned = others.Aggregate(claimed, (all, entry) => all.Union(entry.Fields));
        return OwnedFields.WithNamedParents(former?.Fields ?? FieldSet.Empty, schema).Difference(OwnedFields.WithNamedParents(owned, schema));
    }

    private static ImmutableArray<OwnershipConflict> Conflicts(ImmutableArray<ManagedEntry> others, FieldSet taken) =>
        [.. others.SelectMany(entry => entry.Fields.Intersection(taken).Paths().Select(path => new OwnershipConflict(entry, path)))];

    /// <summary>An object that nobody owns (its owners were reset) belongs to one manager, so that an apply does not overwrite it unasked.</summary>
    private static ImmutableArray<ManagedEntry> WithFirstOwner(JsonObject live, OwnershipClaim writer, SchemaNode schema)
    {
        ImmutableArray<ManagedEntry> entries = ManagedFields.Read(live);
        if (!entries.IsEmpty)
        {
            return entries;
        }

        FieldManager first = new(BeforeFirstApply, ManagedOperation.Update, "");
        return [new ManagedEntry(first, writer.ApiVersion, writer.Now, Compare([], live, writer, schema).Added)];
    }

    private static FieldComparison Compare(JsonObject before, JsonObject after, OwnershipClaim writer, SchemaNode schema)
    {
        FieldComparison change = FieldComparison.Of(before, after, schema, writer.Presence);
        return new FieldComparison(Claimable(change.Added, writer), Claimable(change.Modified, writer), Claimable(change.Removed, writer));
    }

    private static FieldSet Claimable(FieldSet set, OwnershipClaim writer)
    {
        const string metadata = "f:metadata";
        FieldSet inner = ServerMetadata.Aggregate(set.Child(metadata) with { Owned = false }, (fields, name) => fields.Without(PathElement.Field(name)));
        FieldSet outer = (set with { Owned = false }).Without("f:apiVersion").Without("f:kind").With(metadata, inner);
        return writer.Unwritable.Aggregate(outer, (fields, name) => fields.Without(PathElement.Field(name)));
    }

    private static void Keep(List<ManagedEntry> result, ManagedEntry entry, FieldSet fields)
    {
        if (!fields.IsEmpty)
        {
            result.Add(entry with { Fields = fields });
        }
    }
}
