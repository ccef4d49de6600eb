namespace Firstline.Faults;

/// <summary>What happens to one watch.</summary>
/// <param name="Fault">How it ends.</param>
/// <param name="After">Frames until then.</param>
/// <param name="Disorder">Share in [0, 1] of frames that change places with the next, or come again later. Such a watch ends in order, if at all: nobody could notice that a frame of a changed pair was lost.</param>
/// <param name="Random">Source of the choices frame by frame.</param>
internal sealed record WatchScript(WatchFault Fault, int After, double Disorder, Random Random);
