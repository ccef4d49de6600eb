using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;

namespace Firstline.Controllers.Ports;

/// <summary>Calls the webhooks that the operator's own configuration names, and nothing else. An answer that does not come is a value, not an exception.</summary>
public interface IWebhookCaller
{
    /// <summary>Sends the call once.</summary>
    /// <param name="call">What is sent.</param>
    /// <param name="cancellationToken">Stops waiting; the call may have been taken.</param>
    Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellationToken);
}
