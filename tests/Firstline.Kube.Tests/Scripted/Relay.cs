using System.Net;
using System.Net.Sockets;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>Hands bytes between a client and a server until it falls silent, as a network does that loses every packet and closes nothing.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _sockets = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _isSilent;

    public Relay(Uri server)
    {
        _target = server.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing passes on the connections that are open; new ones work.</summary>
    public void FallSilent() => _isSilent = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _sockets.ForEach(s => s.Dispose());
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                TcpClient server = new();
                _sockets.AddRange([client, server]);
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                bool isNew = _isSilent;
                running.Add(PumpAsync(client, server, isNew));
                running.Add(PumpAsync(server, client, isNew));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool isNew)
    {
        byte[] bytes = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(bytes, _stop.Token) is > 0 and int count)
            {
                if (isNew || !_isSilent)
                {
                    await to.GetStream().WriteAsync(bytes.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            to.Close();   // one side is gone, and so is the other
        }
    }
}
