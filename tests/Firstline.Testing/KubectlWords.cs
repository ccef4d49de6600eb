namespace Firstline.Testing;

/// <summary>What kubectl says that is no answer yet.</summary>
public static class KubectlWords
{
    /// <summary>True for <c>kubectl wait --for=condition=...</c> on an object whose status nobody has written yet: kubectl takes that for a mistake and ends, instead of waiting.</summary>
    public static bool IsTooSoon(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Contains(".status.conditions accessor error", StringComparison.Ordinal);
    }
}
