using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Firstline.Faults;

/// <summary>Hands bytes between clients and a server, until a connection breaks or falls silent as a whole, with everything that is under way on it.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Connection, bool> _open = new();
    private readonly int _target;
    private readonly Task _accepting;

    public Relay(Uri server)
    {
        _target = server.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing passes on the connections that are open, as on a network that loses every packet and closes nothing; new ones work.</summary>
    public void FallSilent()
    {
        foreach (Connection connection in _open.Keys)
        {
            connection.IsSilent = true;
        }
    }

    /// <summary>Breaks the connections that are open; new ones work.</summary>
    public void Reset()
    {
        foreach (Connection connection in _open.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> passing = [];
        try
        {
            while (true)
            {
                Connection connection = new(await _listener.AcceptTcpClientAsync(_stop.Token));
                _open.TryAdd(connection, true);
                passing.Add(PassAsync(connection));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(Connection connection)
    {
        await connection.RunAsync(_target, _stop.Token);
        _open.TryRemove(connection, out _);
    }

    private sealed class Connection(TcpClient client)
    {
        private readonly Socket _socket = client.Client;
        private volatile bool _isSilent;

        public bool IsSilent
        {
            set => _isSilent = value;
        }

        public void Reset() => _socket.Close(0);   // which tells the other side at once, and not in order

        /// <summary>Until one side is gone; then the other is closed, too.</summary>
        public async Task RunAsync(int target, CancellationToken ct)
        {
            using TcpClient ended = client;
            using TcpClient server = new();
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, over.Token);
                Task there = PumpAsync(client, server, over.Token);
                Task back = PumpAsync(server, client, over.Token);
                await Task.WhenAny(there, back);
                await over.CancelAsync();
                await Task.WhenAll(there, back);
            }
            catch (Exception e) when (IsOver(e))
            {
                return;   // the server takes no more connections
            }
        }

        private static bool IsOver(Exception e) => e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException;

        private async Task PumpAsync(TcpClient from, TcpClient to, CancellationToken ct)
        {
            byte[] bytes = new byte[16 * 1024];
            try
            {
                while (await from.GetStream().ReadAsync(bytes, ct) is > 0 and int count)
                {
                    if (!_isSilent)
                    {
                        await to.GetStream().WriteAsync(bytes.AsMemory(0, count), ct);
                    }
                }
            }
            catch (Exception e) when (IsOver(e))
            {
                return;   // one side is gone
            }
        }
    }
}
