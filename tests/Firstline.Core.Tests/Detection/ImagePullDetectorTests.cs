using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class ImagePullDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it backs off", Deployment(Pod(Waiting("ImagePullBackOff"), age: 5)), true, null),
        ("there is no such tag", Deployment(Pod(Waiting("ErrImagePull", message: "docker.io/shop/web:2: not found"), age: 1)), true, null),
        ("the registry refuses the credentials", Deployment(Pod(Waiting("ErrImagePull", message: "401 Unauthorized"), age: 1)), true, null),
        ("the name is not valid", Deployment(Pod(Waiting("InvalidImageName"), age: 1)), true, null),
        ("a first attempt failed for a reason that may pass", Deployment(Pod(Waiting("ErrImagePull", message: "i/o timeout"), age: 10)), false, 50),
        ("attempts have failed for a minute", Deployment(Pod(Waiting("ErrImagePull", message: "i/o timeout"), age: 60)), true, null),
        ("it is being pulled", Deployment(Pod(Waiting("ContainerCreating"), age: 10)), false, null),
        ("a healthy pod", Deployment(Pod(Running())), false, null),
        ("an init container cannot be pulled", Deployment(Pod(Waiting("ImagePullBackOff") with { Role = ContainerRole.Init })), true, null),
        ("a Job cannot be pulled, which no retry of its own mends", Job(Pod(Waiting("ImagePullBackOff"))), true, null),
        ("the pod is on its way out", Deployment(Leaving(Pod(Waiting("ImagePullBackOff")))), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new ImagePullDetector(), sentence, situation, fires, lookAgain);
}
