using Firstline.Kube.Client;

namespace Firstline.Kube.Tests.Client;

public sealed class ResourceHeaderTests
{
    [Fact]
    public void A_header_is_read_no_further_than_its_last_field() =>
        ResourceHeader.Read("""{"kind":"Pod","metadata":{"name":"a","namespace":"b","uid":"c","resourceVersion":"1","managedFields":["""u8)
            .Should().Be(new ResourceHeader("b", "a", "c", "1"));

    [Fact]
    public void A_header_of_an_object_without_a_namespace_is_found_wherever_it_is() =>
        ResourceHeader.Read("""{"metadata":{"labels":{"name":"other"},"uid":"c","managedFields":[{"name":"x"}],"resourceVersion":"1","name":"a"},"name":"y"}"""u8)
            .Should().Be(new ResourceHeader("", "a", "c", "1"));
}
