using System.Text;
using System.Text.Json;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Reads the value of one member into a draft; leaves the reader on the value's last token.</summary>
internal delegate void MemberReader<in T>(ref Utf8JsonReader reader, T draft);

/// <summary>The members that are read of a JSON object, declared once; all others are skipped in the byte stream without an allocation.</summary>
internal sealed class JsonShape<T>(params (string Name, MemberReader<T> Read)[] members)
    where T : Draft
{
    private readonly (byte[] Name, MemberReader<T> Read)[] _members = [.. members.Select(static m => (Encoding.UTF8.GetBytes(m.Name), m.Read))];

    /// <summary>Reads the object that the reader stands on; <c>null</c> leaves the draft absent. A member that comes twice counts as it comes last.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public void Read(ref Utf8JsonReader reader, T draft)
    {
        draft.Reset();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        JsonValues.Expect(ref reader, JsonTokenType.StartObject);
        draft.IsPresent = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            MemberReader<T>? member = Find(ref reader);
            reader.Read();
            if (member is null)
            {
                reader.Skip();
            }
            else
            {
                member(ref reader, draft);
            }
        }
    }

    private MemberReader<T>? Find(ref Utf8JsonReader reader)
    {
        foreach ((byte[] name, MemberReader<T> read) in _members)
        {
            if (reader.ValueIsEscaped ? reader.ValueTextEquals(name) : reader.ValueSpan.SequenceEqual(name))
            {
                return read;
            }
        }

        return null;
    }
}
