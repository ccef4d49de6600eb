namespace Firstline.DevServer.Http;

/// <summary>May this user do this?</summary>
/// <param name="User">Who asks.</param>
/// <param name="Verb">Such as <c>get</c>, <c>patch</c>, or a word of your own such as <c>approve</c>.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Resource">Plural, with <c>/subresource</c> where one is meant.</param>
/// <param name="Namespace">Empty for cluster-scoped resources and all namespaces.</param>
/// <param name="Name">Empty for a collection.</param>
public sealed record AccessQuestion(DevUser User, string Verb, string Group, string Resource, string Namespace, string Name);
