using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class ContainerConfigErrorDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a ConfigMap is missing", Deployment(Pod(Waiting("CreateContainerConfigError", message: "configmap \"web-config\" not found"))), true, null),
        ("the pod is so young that its ConfigMap may be on its way", Deployment(Pod(Waiting("CreateContainerConfigError"), age: 5)), false, 15),
        ("the runtime cannot create it", Deployment(Pod(Waiting("CreateContainerError", message: "context deadline exceeded"))), true, null),
        ("a ConfigMap that a volume needs does not exist", Deployment(Pod(Reads("ContainerCreating", false))), true, null),
        ("a ConfigMap that a volume may do without does not exist", Deployment(Pod(Reads("ContainerCreating", true))), false, null),
        ("the ConfigMap exists and the container is being created", Deployment(Pod(Reads("ContainerCreating", false))) with { ConfigMaps = [Config()] }, false, null),
        ("a running container's ConfigMap was deleted, which it does not notice", Deployment(Pod(Running() with { ConfigReferences = [new("ConfigMap", "web-config", null)] })), false, null),
        ("a healthy pod", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ContainerConfigErrorDetector(), sentence, situation, fires, lookAgain);

    private static ContainerFacts Reads(string waiting, bool optional) =>
        Waiting(waiting) with { ConfigReferences = [new("ConfigMap", "web-config", null) { Optional = optional }] };
}
