namespace Firstline.Controllers.Observation.Reading;

/// <summary>
/// One instance of values that many objects have in common: their owner, their namespace, their labels. It holds a fixed number; a newer value takes the place of an older one. Any thread may
/// ask: a race costs an instance, nothing else.
/// </summary>
/// <param name="comparer">When two are the same; null for their own equality.</param>
internal sealed class SharedValues<T>(IEqualityComparer<T>? comparer = null)
    where T : class
{
    private const int Places = 8192;   // a power of two
    private readonly IEqualityComparer<T> _comparer = comparer ?? EqualityComparer<T>.Default;
    private readonly T?[] _values = new T?[Places];

    /// <summary>The value, or the one that is held of those that equal it.</summary>
    public T Get(T value)
    {
        ref T? place = ref _values[_comparer.GetHashCode(value) & (Places - 1)];
        return place is { } known && _comparer.Equals(known, value) ? known : place = value;
    }
}
