namespace Firstline.Testing;

/// <summary>What kubectl says that is no answer yet.</summary>
public static class KubectlWords
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a kubectl command, and again while it says that it came too soon, for a minute at most.</summary>
    /// <param name="run">Runs it once.</param>
    /// <param name="output">What it printed, of its result.</param>
    /// <returns>Its result: the first one that is an answer, or the last one.</returns>
    public static async Task<T> AnswerAsync<T>(Func<Task<T>> run, Func<T, string> output)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        using CancellationTokenSource limit = new(Limit);
        T result = await run();
        while (IsTooSoon(output(result)) && !limit.IsCancellationRequested)
        {
            result = await run();
        }

        return result;
    }

    // What it says to `wait --for=condition=...` on an object whose status nobody has written yet: it takes that for a mistake and ends, instead of waiting.
    private static bool IsTooSoon(string output) => output.Contains(".status.conditions accessor error", StringComparison.Ordinal);
}
