using System.Security.Cryptography;

namespace Firstline.DevServer.Http.Writing;

/// <summary>Makes the names that <c>generateName</c> asks for.</summary>
internal static class NameGenerator
{
    private const int Longest = 63;
    private const int SuffixLength = 5;
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    public static string From(string prefix) => prefix[..Math.Min(prefix.Length, Longest - SuffixLength)] + RandomNumberGenerator.GetString(Letters, SuffixLength);
}
