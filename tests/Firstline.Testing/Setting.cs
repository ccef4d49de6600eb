using System.Globalization;

namespace Firstline.Testing;

/// <summary>What the environment sets for tests that can be played in several sizes.</summary>
public static class Setting
{
    /// <summary>A number.</summary>
    /// <param name="variable">The environment variable that names it.</param>
    /// <param name="usual">Its value where the variable is not set, or empty.</param>
    /// <exception cref="FormatException">The variable holds no whole number.</exception>
    public static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
