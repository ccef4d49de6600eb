namespace Firstline.Controllers.Observation.Reading;

/// <summary>Fields read of one JSON object, in an instance that is used again for the next object.</summary>
internal abstract class Draft
{
    /// <summary>False when the JSON has <c>null</c> in its place, or nothing.</summary>
    public bool IsPresent { get; set; }

    /// <summary>Back to the state of an object that was not there.</summary>
    public void Reset()
    {
        IsPresent = false;
        Clear();
    }

    protected abstract void Clear();
}
