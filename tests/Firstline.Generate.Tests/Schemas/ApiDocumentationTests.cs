using System.Reflection;
using System.Xml.Linq;
using Firstline.Generate.Output;
using Firstline.Generate.Schemas;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Schemas;

public sealed class ApiDocumentationTests
{
    [Theory]
    // situation                              summary                                                                  text
    [InlineData("plain text",                 "Where it is.",                                                          "Where it is.")]
    [InlineData("lines and indentation",      "\n    Where\n    it is.\n",                                             "Where it is.")]
    [InlineData("code",                       "Such as <c>apps/v1</c>.",                                               "Such as apps/v1.")]
    [InlineData("a type",                     "See <see cref=\"T:Firstline.Api.Meta.Duration\"/>.",                    "See Duration.")]
    [InlineData("a property",                 "See <see cref=\"P:Firstline.Api.V1Alpha1.RunbookLimits.MaxPerHour\"/>.", "See maxPerHour.")]
    [InlineData("a method",                   "See <see cref=\"M:Firstline.Api.Meta.Duration.TryParse(System.String)\"/>.", "See TryParse.")]
    [InlineData("a reference with own words", "See <see cref=\"T:Firstline.Api.Meta.Duration\">there</see>.",           "See there.")]
    [InlineData("a word of the language",     "Is <see langword=\"true\"/>.",                                           "Is true.")]
    [InlineData("a parameter",                "Of <paramref name=\"value\"/>.",                                         "Of value.")]
    public void Describe_gives_text_for_people(string situation, string summary, string text)
    {
        string xml = $"""<doc><members><member name="T:{typeof(ApiDocumentationTests).FullName}"><summary>{summary}</summary></member></members></doc>""";

        ApiDocumentation.Parse(XDocument.Parse(xml)).Describe(typeof(ApiDocumentationTests)).Should().Be(text, situation);
    }

    [Fact]
    public void Of_says_what_to_do_when_the_compiler_wrote_no_documentation() =>
        FluentActions.Invoking(() => ApiDocumentation.Of(Assembly.Load("xunit.runner.visualstudio.testadapter")))
            .Should().Throw<GenerateException>().WithMessage("*.xml is not beside *.dll: build with GenerateDocumentationFile=true");
}
