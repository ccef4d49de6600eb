using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

public sealed class DetectorCatalogueTests
{
    [Fact]
    public void Names_are_unique_and_every_detector_of_the_assembly_is_listed()
    {
        DetectorCatalogue.All.Select(static d => d.Name).Should().OnlyHaveUniqueItems();
        DetectorCatalogue.All.Select(static d => d.GetType()).Should().BeEquivalentTo(
            typeof(IDetector).Assembly.GetTypes().Where(static t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IDetector))));
    }

    [Fact]
    public void Every_detector_has_a_table_of_situations_in_which_it_fires_and_in_which_it_does_not()
    {
        foreach (IDetector detector in DetectorCatalogue.All.Where(static d => d is not LogErrorsDetector))
        {
            Type? tests = typeof(DetectorTable).Assembly.GetType($"{typeof(DetectorTable).Namespace}.{detector.GetType().Name}Tests");
            tests.Should().NotBeNull("the detector {0} needs a table", detector.Name);
            ((IEnumerable<object[]>)tests!.GetProperty("Situations")!.GetValue(null)!).Select(static row => (bool)row[2]).Should().Contain([true, false], detector.Name);
        }
    }

    [Fact]
    public void Detect_puts_the_findings_of_several_detectors_on_one_target()
    {
        DetectorReport report = DetectorCatalogue.Detect(Given.Deployment(Given.Pod(Given.BackingOff(137, reason: "OOMKilled"))), Given.Now);

        report.Findings.Select(static f => f.Detector).Should().Equal("OomKilled", "CrashLoop");
        report.Findings.Select(static f => f.Target).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Detect_looks_again_at_the_earliest_moment_of_all()
    {
        Situation situation = Given.Deployment(
            Given.Pod(Given.Waiting("ErrImagePull"), age: 10), Given.Pod(Given.Waiting("CreateContainerConfigError"), "web-2", age: 10));

        DetectorCatalogue.Detect(situation, Given.Now).LookAgainAt.Should().Be(Given.Now.AddSeconds(10));
    }

    [Fact]
    public void Detect_keeps_secrets_and_length_out_of_summaries()
    {
        string message = "password=hunter22 " + new string('x', 3000);

        DetectorReport report = DetectorCatalogue.Detect(Given.Deployment(Given.Pod(Given.Waiting("CreateContainerError", message: message))), Given.Now);

        report.Findings.Should().ContainSingle().Which.Summary.Should().NotContain("hunter22").And.Match(static s => s.Length <= 1024);
    }

    [Fact]
    public void Detect_is_silent_on_a_healthy_workload() =>
        DetectorCatalogue.Detect(Given.Deployment(Given.Pod(Given.Running()), Given.Pod(Given.Running(), "web-2")), Given.Now)
            .Should().BeEquivalentTo(DetectorReport.Nothing);
}
