using Microsoft.AspNetCore.Http;

namespace Firstline.Faults;

/// <summary>What the faults of whole connections came to, over all schedules that share one.</summary>
internal sealed class ConnectionTally
{
    private int _requests;
    private int _resets;
    private int _silences;

    /// <summary>Requests that shared a connection with others, which is what HTTP/2 does.</summary>
    public int Requests => _requests;

    /// <summary>How often connections broke.</summary>
    public int Resets => _resets;

    /// <summary>How often they fell silent.</summary>
    public int Silences => _silences;

    /// <summary>Notes a request and what it meant for its connection.</summary>
    public void Count(string protocol, ConnectionFault fault)
    {
        Count(ref _requests, HttpProtocol.IsHttp2(protocol));
        Count(ref _resets, fault == ConnectionFault.Reset);
        Count(ref _silences, fault == ConnectionFault.Silent);
    }

    private static void Count(ref int number, bool isOne)
    {
        if (isOne)
        {
            Interlocked.Increment(ref number);
        }
    }
}
