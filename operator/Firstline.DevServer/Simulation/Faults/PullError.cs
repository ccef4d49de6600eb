namespace Firstline.DevServer.Simulation.Faults;

/// <summary>Why a registry does not give an image.</summary>
internal enum PullError
{
    NotFound,
    Unauthorized,
    NoSuchHost,
}
