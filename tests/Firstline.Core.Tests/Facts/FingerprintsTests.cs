using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class FingerprintsTests
{
    [Fact]
    public void Of_does_not_depend_on_the_uid_or_the_version()
    {
        string first = Fingerprints.Of("CrashLoop", Given.Target());

        Fingerprints.Of("CrashLoop", Given.Target() with { Uid = null, ApiVersion = "apps/v1beta2" }).Should().Be(first);
        first.Should().Be("CrashLoop/apps/Deployment/shop/web");
    }

    [Fact]
    public void Of_stays_within_the_bound_and_apart_for_long_names()
    {
        string one = Fingerprints.Of("CrashLoop", Given.Target(name: new string('a', 253)));
        string other = Fingerprints.Of("CrashLoop", Given.Target(name: new string('a', 252) + "b"));

        one.Length.Should().BeLessThanOrEqualTo(253);
        one.Should().NotBe(other);
    }

    [Fact]
    public void Every_cause_that_has_a_name_here_has_a_category() => typeof(Causes).GetFields().Where(static f => f.IsLiteral && f.Name != nameof(Causes.UnknownCategory))
        .Select(static f => (string)f.GetRawConstantValue()!).Should().HaveCountGreaterThan(20).And.OnlyContain(static c => Causes.IsKnown(c));
}
