using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Patching.ServerSideApply;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Creates and updates objects: the one way into the store for clients and for the server's own workers.</summary>
internal sealed class ObjectWriter(ObjectStore store, IObjectAdmission admission, TimeProvider time)
{
    private readonly ObjectAdmissionGate gate = new(admission);

    /// <param name="kind">The object's kind.</param>
    /// <param name="ns">Namespace; empty for cluster-scoped kinds.</param>
    /// <param name="proposal">The object, taken over.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="ApiException">The object cannot be created.</exception>
    public WriteResult Create(KindDefinition kind, string ns, Proposal proposal, WriteOptions options)
    {
        JsonObject json = proposal.Object;
        if (ObjectMetadata.Text(json, "resourceVersion") is { Length: > 0 })
        {
            throw new ApiException(500, "", "resourceVersion should not be set on objects to be created");
        }

        ImmutableArray<ManagedEntry> owners = proposal.Owners ?? [];
        ObjectPreparation.ForCreate(kind, json, ns, time.GetUtcNow());
        FieldSet filled = KindRules.FilledByServer(kind, json);
        ThrowIfNameless(kind, json);
        NamespaceRules.ThrowIfClosed(store, kind, ns, ObjectMetadata.Name(json));
        ObjectKey key = new(kind.QualifiedName, ns, ObjectMetadata.Name(json));
        (JsonObject admitted, ImmutableArray<string> warnings) = gate.Pass(kind, null, json, proposal.Duplicates, options, null);
        if (proposal.Owners is null)
        {
            owners = Ownership.AfterUpdate(null, admitted, [], Claim(kind, options, ManagedOperation.Update, null) with { ServerFilled = filled }, ObjectSchema.Of(kind));
        }

        ManagedFields.Write(admitted, owners);
        if (store.Find(key) is not null)
        {
            throw ApiErrors.AlreadyExists(kind, key.Name);
        }

        if (options.Mode == WriteMode.DryRun)
        {
            return new WriteResult(StoredObject.Unversioned(key, admitted), WriteOutcome.Created, warnings);
        }

        StoredObject stored = Commit(key, null, admitted) ?? throw ApiErrors.AlreadyExists(kind, key.Name);
        return new WriteResult(stored, WriteOutcome.Created, warnings);
    }

    /// <summary>Reads, lets <paramref name="change"/> decide, and writes; again, when somebody else wrote in between and the change names no version.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="key">Which object.</param>
    /// <param name="subresource">Null for the main resource.</param>
    /// <param name="change">Makes the new object from the stored one, which it does not change.</param>
    /// <param name="options">How to write.</param>
    /// <exception cref="ApiException">The object does not exist or cannot be changed so.</exception>
    public WriteResult Update(KindDefinition kind, ObjectKey key, string? subresource, Func<StoredObject, Proposal> change, WriteOptions options)
    {
        while (true)
        {
            StoredObject current = store.Find(key) ?? throw ApiErrors.NotFound(kind, key.Name);
            Proposal proposal = change(current);
            ThrowUnlessSameObject(kind, current, proposal, options);
            (JsonObject next, ImmutableArray<string> warnings) = Next(kind, current, proposal, subresource, options);
            if (JsonEquality.Same(current.Json, next))
            {
                return new WriteResult(current, WriteOutcome.Unchanged, warnings);
            }

            bool gone = IsReadyToGo(kind, next);
            if (options.Mode == WriteMode.DryRun)
            {
                return new WriteResult(StoredObject.Seal(key, next, current.Version), gone ? WriteOutcome.Deleted : WriteOutcome.Updated, warnings);
            }

            if (Commit(key, current, gone ? null : next) is { } stored)
            {
                return new WriteResult(gone ? StoredObject.Seal(key, next, stored.Version) : stored, gone ? WriteOutcome.Deleted : WriteOutcome.Updated, warnings);
            }
        }
    }

    /// <summary>The entry in managed fields that a write makes.</summary>
    public OwnershipClaim Claim(KindDefinition kind, WriteOptions options, ManagedOperation operation, string? subresource) =>
        new(new FieldManager(options.FieldManager, operation, subresource ?? ""), kind.ApiVersion, subresource == "scale" ? null : Timestamps.WholeSeconds(time.GetUtcNow()))
        {
            Presence = kind.IsCustom ? FieldPresence.AsWritten : FieldPresence.Typed,
            Unwritable = KindRules.Unwritable(kind, subresource),
        };

    /// <summary>Stores, or answers 500 with the reason why nothing was stored.</summary>
    public StoredObject? Commit(ObjectKey key, StoredObject? expected, JsonObject? next)
    {
        try
        {
            return store.TryCommit(key, expected, next);
        }
        catch (JournalException e)
        {
            throw ApiErrors.Internal(e.Message);
        }
    }

    // A name that is no text is refused by what decodes the object.
    private static void ThrowIfNameless(KindDefinition kind, JsonObject json)
    {
        if (ObjectMetadata.Name(json).Length == 0 && (json["metadata"]?["name"] is null || ObjectMetadata.Text(json, "name") is not null))
        {
            throw ApiErrors.Invalid(kind, "", [ApiErrors.Required("metadata.name", "name or generateName is required")]);
        }
    }

    private (JsonObject Next, ImmutableArray<string> Warnings) Next(
        KindDefinition kind, StoredObject current, Proposal proposal, string? subresource, WriteOptions options)
    {
        JsonObject next = proposal.Object;
        ImmutableArray<ManagedEntry> owners = proposal.Owners ?? Owners(current.Json, next);
        next["kind"] = kind.Kind;
        next["apiVersion"] = current.Json["apiVersion"]?.DeepClone();
        ObjectPreparation.ForUpdate(kind, current.Json, next, subresource);
        (JsonObject admitted, ImmutableArray<string> warnings) = gate.Pass(kind, current.Json, next, proposal.Duplicates, options, subresource);
        ObjectPreparation.CountGeneration(kind, current.Json, admitted);
        bool untracked = owners.IsEmpty && ManagedFields.Read(current.Json).IsEmpty;
        if (proposal.Owners is null && !untracked)
        {
            owners = Ownership.AfterUpdate(
                current.Json, admitted, owners, Claim(kind, options, ManagedOperation.Update, subresource), ObjectSchema.Of(kind));
        }

        ManagedFields.Write(admitted, owners);
        ObjectMetadata.Of(admitted)["resourceVersion"] = current.Version.ToString(CultureInfo.InvariantCulture);
        return (admitted, warnings);
    }

    /// <summary>A client may send managed fields of its own, or ask to forget them; otherwise the stored ones count.</summary>
    private static ImmutableArray<ManagedEntry> Owners(JsonObject current, JsonObject next)
    {
        if (next["metadata"]?["managedFields"] is JsonArray && ManagedFields.IsReset(next))
        {
            return [];
        }

        ImmutableArray<ManagedEntry> sent = ManagedFields.Read(next);
        return sent.IsEmpty ? ManagedFields.Read(current) : sent;
    }

    private static void ThrowUnlessSameObject(KindDefinition kind, StoredObject current, Proposal proposal, WriteOptions options)
    {
        if (ObjectMetadata.Text(proposal.Object, "uid") is { Length: > 0 } uid && uid != current.Uid)
        {
            throw options.Source == WriteSource.Patch
                ? ApiErrors.Invalid(kind, current.Key.Name, [ApiErrors.InvalidValue("metadata.uid", $"\"{uid}\"", "field is immutable")])
                : ApiErrors.Conflict(kind, current.Key.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid}");
        }

        ThrowUnlessVersion(proposal.Object);
        if (ObjectMetadata.Text(proposal.Object, "resourceVersion") is { Length: > 0 } version
            && version != current.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiErrors.Modified(kind, current.Key.Name);
        }

        BodyCheck.Name(proposal.Object, current.Key.Name);
        ThrowIfHeldLonger(kind, current, proposal.Object);
    }

    private static void ThrowUnlessVersion(JsonObject json)
    {
        if (ObjectMetadata.Text(json, "resourceVersion") is { Length: > 0 } text && !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ApiException(500, "", $"strconv.ParseUint: parsing \"{text}\": invalid syntax");
        }
    }

    /// <summary>Who did not hold back a deletion before it was asked for cannot do so afterwards.</summary>
    private static void ThrowIfHeldLonger(KindDefinition kind, StoredObject current, JsonObject next)
    {
        string[] added = [.. ObjectMetadata.Finalizers(next).Except(ObjectMetadata.Finalizers(current.Json))];
        if (current.IsTerminating && added.Length > 0)
        {
            string list = string.Join(", ", added.Select(name => $"\"{name}\""));
            throw ApiErrors.Invalid(kind, current.Key.Name, [ApiErrors.ForbiddenValue(
                "metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{list}}}")]);
        }
    }

    private static bool IsReadyToGo(KindDefinition kind, JsonObject next) =>
        ObjectMetadata.Text(next, "deletionTimestamp") is not null
        && ObjectMetadata.Finalizers(next).IsEmpty
        && (next["metadata"]?["deletionGracePeriodSeconds"] is not { } grace || grace.ToJsonString() == "0")
        && (kind.QualifiedName != KindRules.Namespaces || next["spec"]?["finalizers"] is not JsonArray { Count: > 0 });
}
