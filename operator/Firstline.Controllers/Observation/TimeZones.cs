namespace Firstline.Controllers.Observation;

/// <summary>The time zones of the machine.</summary>
public static class TimeZones
{
    /// <summary>The zone of that name from the IANA database; null when there is none, or the database is not installed.</summary>
    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
}
