using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.Host.Configuration;

/// <summary>Reads text as one YAML document.</summary>
internal static class YamlText
{
    /// <summary>The root of the document; null when there is none, or none can be read, which the problems then say.</summary>
    public static YamlNode? Load(string yaml, ImmutableArray<ConfigurationProblem>.Builder problems)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            problems.Add(new(e.Start.Line, e.Start.Column, $"it is not YAML: {e.Message.Split('\n')[0].TrimEnd('.')}"));
            return null;
        }

        foreach (YamlDocument more in stream.Documents.Skip(1))
        {
            problems.Add(new(more.RootNode.Start.Line, more.RootNode.Start.Column, "there is a second document: a configuration file is one, so remove the ---"));
        }

        return stream.Documents is [var document, ..] ? document.RootNode : null;
    }
}
