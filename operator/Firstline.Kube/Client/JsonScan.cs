using System.Buffers;

namespace Firstline.Kube.Client;

/// <summary>Finds where a JSON object ends without reading its tokens: who takes the object reads them anyway, and twice costs twice.</summary>
internal static class JsonScan
{
    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);

    /// <summary>Length of the object or array that begins at the first byte; 0 when its end is not there yet. Only brackets and strings are looked at.</summary>
    public static int LengthOf(ReadOnlySpan<byte> json)
    {
        int depth = 0;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = EndOfString(json, at + 1);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }
        }

        return 0;
    }

    // The place of its closing quote; beyond the end when that is not there yet.
    private static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length)
        {
            int found = json[at..].IndexOfAny(InString);
            if (found < 0)
            {
                break;
            }

            at += found;
            if (json[at] == (byte)'"')
            {
                return at;
            }

            at += 2;   // what is escaped
        }

        return json.Length;
    }
}
