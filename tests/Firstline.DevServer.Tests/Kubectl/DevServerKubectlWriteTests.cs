using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

[Collection(KubectlCollection.Name)]
public sealed class DevServerKubectlWriteTests(DevKubectlServer server) : KubectlWriteTests(server);
