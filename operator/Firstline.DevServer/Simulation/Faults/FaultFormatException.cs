namespace Firstline.DevServer.Simulation.Faults;

/// <summary>An annotation cannot be read; the message says what to write.</summary>
internal sealed class FaultFormatException(string message) : Exception(message);
