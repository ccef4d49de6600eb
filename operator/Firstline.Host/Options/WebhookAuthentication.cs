namespace Firstline.Host.Options;

/// <summary>How the webhook tells who may post.</summary>
public enum WebhookAuthentication
{
    /// <summary>By a bearer token from a file; without the file the webhook is off.</summary>
    Token,

    /// <summary>By a client certificate that the client authority issued (mutual TLS), and nothing else.</summary>
    Certificate,

    /// <summary>Not at all: anybody who reaches the port may open incidents. Only behind something that authenticates.</summary>
    None,
}
