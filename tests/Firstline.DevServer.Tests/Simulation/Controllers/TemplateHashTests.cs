using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class TemplateHashTests
{
    private const string Template = "{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'a','image':'a:1'}]}}";

    [Theory]
    [InlineData("another order of members", "{'spec':{'containers':[{'image':'a:1','name':'a'}]},'metadata':{'labels':{'app':'web'}}}", true)]
    [InlineData("the hash label itself", "{'metadata':{'labels':{'app':'web','pod-template-hash':'x'}},'spec':{'containers':[{'name':'a','image':'a:1'}]}}", true)]
    [InlineData("an empty creation time", "{'metadata':{'creationTimestamp':null,'labels':{'app':'web'}},'spec':{'containers':[{'name':'a','image':'a:1'}]}}", true)]
    [InlineData("another image", "{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'a','image':'a:2'}]}}", false)]
    [InlineData("another label", "{'metadata':{'labels':{'app':'shop'}},'spec':{'containers':[{'name':'a','image':'a:1'}]}}", false)]
    public void IsSame_compares_what_templates_ask_for(string difference, string other, bool same)
    {
        TemplateHash.IsSame(Json.Of(Template), Json.Of(other)).Should().Be(same, difference);
        (TemplateHash.Of(Json.Of(Template), 0) == TemplateHash.Of(Json.Of(other), 0)).Should().Be(same, difference);
    }

    [Fact]
    public void Of_gives_another_name_after_a_collision()
    {
        TemplateHash.Of(Json.Of(Template), 1).Should().NotBe(TemplateHash.Of(Json.Of(Template), 0)).And.MatchRegex("^[a-z0-9]{10}$");
    }
}
