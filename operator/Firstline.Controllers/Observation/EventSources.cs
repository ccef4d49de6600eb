namespace Firstline.Controllers.Observation;

/// <summary>Who reports Events.</summary>
public static class EventSources
{
    /// <summary>The component that this operator's own Events name.</summary>
    public const string Firstline = "firstline";
}
