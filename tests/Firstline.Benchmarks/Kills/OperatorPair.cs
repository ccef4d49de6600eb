using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Cli.Development;
using Firstline.Cli.Yaml;

namespace Firstline.Benchmarks.Kills;

/// <summary>Two operators that compete for one lease.</summary>
internal sealed class OperatorPair : IAsyncDisposable
{
    private readonly ImmutableArray<Seat> _seats;

    private OperatorPair(ImmutableArray<Seat> seats) => _seats = seats;

    public ImmutableArray<Seat> Seats => _seats;

    /// <summary>Starts both, each as a person of its own, so that the server can tell whose a request is.</summary>
    public static OperatorPair Start(string kubeconfig, LeaseTimes lease, Moments moments)
    {
        JsonNode file = YamlFile.ParseJson(File.ReadAllText(kubeconfig))[0]!;
        OperatorPair pair = new([.. DevOptions.People.Select(name => new Seat(name, CredentialOf(file, name), kubeconfig, lease, moments))]);
        foreach (Seat seat in pair._seats)
        {
            seat.Open();
        }

        return pair;
    }

    /// <summary>The seat that a request came from.</summary>
    public Seat Of(ServedRequest request) => _seats.Single(s => s.Credential == request.Credential);

    public async ValueTask DisposeAsync()
    {
        foreach (Seat seat in _seats)
        {
            await seat.DisposeAsync();
        }
    }

    private static string CredentialOf(JsonNode kubeconfig, string name) =>
        $"Bearer {kubeconfig["users"]!.AsArray().Single(u => u!["name"]!.GetValue<string>() == name)!["user"]!["token"]!.GetValue<string>()}";
}
