using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

[Collection(RealKubectlCollection.Name)]
public sealed class RealServerKubectlWriteTests(RealKubectlServer server) : KubectlWriteTests(server);
