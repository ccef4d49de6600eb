using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Detection;

/// <summary>When whose logs are read: each workload once in a period, all of them spread over it, and never more than <see cref="PerSecond"/> logs a second.</summary>
/// <remarks>The spread is a hash of the workload's name, so that the operator that takes over asks for no more at once than the one before. Where there are too many workloads for a period, each waits longer.</remarks>
/// <param name="period">Time between two looks at one workload.</param>
/// <param name="began">When the looks begin.</param>
internal sealed class LogSurveyPace(TimeSpan period, DateTimeOffset began)
{
    /// <summary>Logs that are read in a second, by the operator as a whole.</summary>
    public const int PerSecond = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Due, bool IsPromised)> _next = new(StringComparer.Ordinal);
    private DateTimeOffset _free;

    /// <summary>How long to wait before the logs are read; zero for now. Ask again after the wait: the moment is kept for the workload until then.</summary>
    /// <param name="workload">Whose logs.</param>
    /// <param name="logs">How many there are.</param>
    /// <param name="now">The time.</param>
    public TimeSpan Wait(TargetRef workload, int logs, DateTimeOffset now)
    {
        string key = Fingerprints.Of(workload);
        lock (_gate)
        {
            (DateTimeOffset due, bool isPromised) = _next.TryGetValue(key, out var known) ? known : (began + FirstOf(key), false);
            if (due <= now && !isPromised)
            {
                due = _free > now ? _free : now;
                _free = due + (TimeSpan.FromSeconds(1) / PerSecond * logs);
                isPromised = true;
            }

            _next[key] = due > now ? (due, isPromised) : (now + period, false);
            return due > now ? due - now : TimeSpan.Zero;
        }
    }

    /// <summary>Drops what was promised to a workload whose logs are no longer read.</summary>
    public void Forget(TargetRef workload)
    {
        lock (_gate)
        {
            _next.Remove(Fingerprints.Of(workload));
        }
    }

    private TimeSpan FirstOf(string key) => period * (BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) / (double)uint.MaxValue);
}
