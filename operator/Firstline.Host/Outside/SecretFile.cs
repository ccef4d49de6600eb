using Firstline.Kube.Config;

namespace Firstline.Host.Outside;

/// <summary>A token or key that the operator shows to others, from a file; read again while the operator runs, so that a rotated Secret needs no restart.</summary>
internal sealed class SecretFile(string path, TimeProvider clock)
{
    private readonly WatchedFile<string> _text = new(() => File.ReadAllText(path).Trim(), [path], clock);

    /// <summary>The secret, at most ten seconds behind the file; null when the file is empty or of several lines, or can't be read any more and never could.</summary>
    public string? Value
    {
        get
        {
            try
            {
                return _text.Value is { Length: > 0 } text && !text.Any(char.IsControl) ? text : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;   // whoever uses it says so
            }
        }
    }

    /// <exception cref="OperatorStartException">The file cannot be read, is empty, or holds a line break or another control character.</exception>
    public void Check()
    {
        if (Value is null)
        {
            throw new OperatorStartException($"the file {path} cannot be read, is empty or has several lines: write a token or key of one line into it");
        }
    }
}
