using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Firstline.Controllers.Remediation;

/// <summary>A pod as it is, for the few that are read once and not kept.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PodJson : JsonSerializerContext;
