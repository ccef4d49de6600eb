using System.Buffers.Binary;
using System.Text;

namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>Reads protobuf's wire format: fields with a number and a wire type.</summary>
/// <exception cref="FormatException">From all members: the bytes are no protobuf message.</exception>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxVarintBits = 70;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>The number, of a field that holds one; doubles as their bits.</summary>
    public long Number { get; private set; }

    /// <summary>The bytes, of a field that holds text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Moves to the next field; false at the end.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = (ulong)Varint();
        Field = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
                break;
            default:
                throw new FormatException($"proto: illegal wireType {tag & 7}");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new FormatException("unexpected EOF");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private long Varint()
    {
        long value = 0;
        for (int shift = 0; shift < MaxVarintBits; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("proto: integer overflow");
    }
}
