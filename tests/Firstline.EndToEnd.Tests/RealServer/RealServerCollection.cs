using Xunit;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>Tests with an operator of their own on the real server: one after the other, since there is one Lease and one pair of roles.</summary>
[CollectionDefinition(Name)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "xunit's own word.")]
public sealed class RealServerCollection
{
    /// <summary>Its name.</summary>
    public const string Name = "Real server";
}
