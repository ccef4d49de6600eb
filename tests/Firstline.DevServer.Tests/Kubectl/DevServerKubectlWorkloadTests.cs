using Firstline.DevServer.Tests.Simulation;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

[Collection(ApiUnderTest.Collection)]
public sealed class DevServerKubectlWorkloadTests : KubectlWorkloadTests
{
    private protected override Task<ApiUnderTest> ServerAsync() => ApiUnderTest.StartAsync();
}
