using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Diagnosis;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class LogDigestTests
{
    [Fact]
    public void Ten_thousand_lines_become_ten_groups_with_their_counts()
    {
        string[] shapes =
        [
            "error: order {0} of user u{0} refused", "2026-11-20T12:00:{0:00}Z failed to reach 10.0.0.{0}:5432", "timeout after {0}ms", "panic in worker-{0}", "denied: trace 4bf9{0}ac", "cannot parse line {0}",
            "invalid token at {0}", "missing key k{0}", "exception in thread pool-{0}", "could not connect, attempt {0}",
        ];
        ImmutableArray<string> lines = [.. Enumerable.Range(0, 10_000).Select(i => string.Format(CultureInfo.InvariantCulture, shapes[i % 10], i))];

        ImmutableArray<LogGroup> groups = LogDigest.Groups(lines);

        groups.Should().HaveCount(10).And.OnlyContain(static g => g.Count == 1000);
        groups[^1].ToString().Should().Be("could not connect, attempt 9999 (1000 times)");
    }

    /// <summary>A sentence, the log, and what is told.</summary>
    public static TheoryData<string, string[], string> Cases { get; } = new()
    {
        { "errors alone count where there are some", ["listening on 8080", "fatal: no disk", "bye"], "fatal: no disk" },
        { "the last lines where nothing looks like an error", ["one", "two", "", "three", "four"], "two | three | four" },
        { "words tell lines apart", ["error: no such table orders", "error: no such table users"], "error: no such table orders | error: no such table users" },
        { "the newest of alike lines stands for them", ["error 1", "denied", "error 2"], "denied | error 2 (2 times)" },
        { "a key over several lines is left out", ["error: bad key", "-----BEGIN PRIVATE KEY-----", "MIIEow", "-----END PRIVATE KEY-----"], "error: bad key" },
        { "so is the end of one at the beginning", [new('A', 64), "QUJD", "-----END PRIVATE KEY-----", "started"], "started" },
        { "nothing", [], "" },
        { "blank lines", [" ", ""], "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_tell_why_a_process_ended(string sentence, string[] lines, string expected) => string.Join(" | ", LogDigest.Groups([.. lines])).Should().Be(expected, sentence);
}
