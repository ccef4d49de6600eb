namespace Firstline.Cli.Development;

/// <summary>Whether a part of the development environment runs.</summary>
internal enum Part
{
    Off,
    On,
}
