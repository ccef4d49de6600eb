namespace Firstline.Core.Facts;

/// <summary>One hook of a webhook configuration.</summary>
/// <param name="Name">Name.</param>
/// <param name="ServiceNamespace">Namespace of <c>clientConfig.service</c>; null when it is called by URL.</param>
/// <param name="ServiceName">Name of <c>clientConfig.service</c>; null when it is called by URL.</param>
/// <param name="Blocks">True when <c>failurePolicy</c> is Fail: what it should judge is refused while it cannot be reached.</param>
/// <param name="TakesPods">True when its rules cover the creation of pods.</param>
/// <param name="Namespaces"><c>namespaceSelector</c>.</param>
public sealed record WebhookHook(string Name, string? ServiceNamespace, string? ServiceName, bool Blocks, bool TakesPods, LabelSelectorFacts Namespaces);
