using System.Globalization;

namespace Firstline.DevServer.Http.Requests;

/// <summary>
/// What JSON allows and YAML does not: half of a surrogate pair as an escape. A real server reads each apply as YAML, JSON too, and so refuses an emoji
/// that is written as two escapes.
/// </summary>
internal static class YamlEscapes
{
    private const int Digits = 4;

    /// <returns>The same body.</returns>
    /// <exception cref="FormatException">It holds such an escape, in the words of a real server.</exception>
    public static byte[] Checked(byte[] json)
    {
        ReadOnlySpan<byte> rest = json;
        while (rest.IndexOf((byte)'\\') is >= 0 and var at && at + 1 < rest.Length)
        {
            rest = rest[at..];
            if (IsSurrogate(rest))
            {
                int line = 1 + json.AsSpan(0, json.Length - rest.Length).Count((byte)'\n');
                string where = line == 1 ? "" : $"line {line}: ";
                throw new FormatException($"error converting YAML to JSON: yaml: {where}found invalid Unicode character escape code");
            }

            rest = rest[2..];
        }

        return json;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> escape) =>
        escape.Length >= 2 + Digits && escape[1] == (byte)'u'
        && ushort.TryParse(escape.Slice(2, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit) && char.IsSurrogate((char)unit);
}
