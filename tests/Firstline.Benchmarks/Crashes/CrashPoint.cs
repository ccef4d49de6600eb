namespace Firstline.Benchmarks.Crashes;

/// <summary>Where an operator dies: at which of its requests, before the API server gets it or after the server has answered.</summary>
/// <param name="Number">Of the request, from 1 on, in the order in which they are sent.</param>
/// <param name="IsAnswered">True when the server has done it and the answer is lost.</param>
internal sealed record CrashPoint(int Number, bool IsAnswered)
{
    public override string ToString() => $"{(IsAnswered ? "after" : "before")} request {Number}";
}
