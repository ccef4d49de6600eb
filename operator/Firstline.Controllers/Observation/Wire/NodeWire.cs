using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record NodeWire(ObjectMeta? Metadata, NodeSpecWire? Spec, NodeStatusWire? Status);

internal sealed record NodeSpecWire(bool Unschedulable, TaintWire[]? Taints);

internal sealed record TaintWire(string? Key, string? Value, string? Effect, string? TimeAdded);

internal sealed record NodeStatusWire(ConditionWire[]? Conditions);
