using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Builds an array item by item, and gives back the one of before when every item is the very same.</summary>
/// <param name="before">The array of before.</param>
/// <param name="count">Items of the new one.</param>
internal ref struct Reused<T>(ImmutableArray<T> before, int count)
    where T : class
{
    private T[]? _items;

    public readonly int Count => count;

    public readonly ImmutableArray<T> All => _items is not null ? ImmutableCollectionsMarshal.AsImmutableArray(_items) : count == before.Length ? before : before[..count];

    public readonly T? Before(int index) => index < before.Length ? before[index] : null;

    /// <summary>Sets the next item; to be called in order.</summary>
    public void Set(int index, T item)
    {
        if (_items is null && !ReferenceEquals(item, Before(index)))
        {
            _items = new T[count];
            before.AsSpan()[..index].CopyTo(_items);
        }

        if (_items is not null)
        {
            _items[index] = item;
        }
    }
}
