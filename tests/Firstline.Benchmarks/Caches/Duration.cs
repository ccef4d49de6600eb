namespace Firstline.Benchmarks.Caches;

/// <summary>How long a piece of work took, in milliseconds.</summary>
/// <param name="Processor">Time of all processors, which others on the machine do not lengthen.</param>
/// <param name="Wall">Time on the clock.</param>
internal readonly record struct Duration(double Processor, double Wall);
