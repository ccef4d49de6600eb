using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

[Collection(RealKubectlCollection.Name)]
public sealed class RealServerKubectlReadTests(RealKubectlServer server) : KubectlReadTests(server);
