using System.Collections.Immutable;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Compares labels by their content.</summary>
internal sealed class LabelComparer : IEqualityComparer<ImmutableSortedDictionary<string, string>>
{
    public bool Equals(ImmutableSortedDictionary<string, string>? x, ImmutableSortedDictionary<string, string>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y));

    public int GetHashCode(ImmutableSortedDictionary<string, string> obj)
    {
        HashCode hash = default;
        foreach ((string key, string value) in obj)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
