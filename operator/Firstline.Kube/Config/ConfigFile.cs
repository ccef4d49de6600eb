using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.Kube.Config;

/// <summary>Reads one kubeconfig file, YAML or JSON.</summary>
internal static class ConfigFile
{
    public static ConfigNode Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new KubeConfigException($"the kubeconfig {path} is a folder: name the file in it");
        }

        try
        {
            using StringReader text = new(File.ReadAllText(path));
            YamlStream stream = [];
            stream.Load(text);
            YamlNode root = stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode;
            return root is YamlMappingNode map
                ? new ConfigNode(path, "", map)
                : throw new KubeConfigException($"the kubeconfig {path} is not a mapping: it must begin with 'apiVersion: v1' and 'kind: Config'");
        }
        catch (YamlException e)
        {
            throw new KubeConfigException($"the kubeconfig {path} is not valid YAML: look at line {e.Start.Line}, column {e.Start.Column}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KubeConfigException($"the kubeconfig {path} does not exist: check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"the kubeconfig {path} cannot be read: {e.Message}", e);
        }
    }
}
