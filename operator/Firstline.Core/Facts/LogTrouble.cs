namespace Firstline.Core.Facts;

/// <summary>Kinds of trouble that logs tell, the most exact first.</summary>
public enum LogTrouble
{
    /// <summary>No space left on a device.</summary>
    DiskFull,

    /// <summary>A port is taken.</summary>
    PortTaken,

    /// <summary>A certificate has expired.</summary>
    CertificateExpired,

    /// <summary>A certificate is not trusted, or for another name.</summary>
    CertificateInvalid,

    /// <summary>A certificate's issuer cannot issue.</summary>
    IssuerNotReady,

    /// <summary>One side speaks TLS and the other does not, or the handshake fails.</summary>
    TlsHandshake,

    /// <summary>The API server refuses a request by RBAC.</summary>
    Forbidden,

    /// <summary>Credentials are refused.</summary>
    CredentialsRefused,

    /// <summary>Credentials are those from before a rotation.</summary>
    CredentialsStale,

    /// <summary>A required environment variable is absent.</summary>
    VariableMissing,

    /// <summary>A key of the configuration is absent.</summary>
    ConfigKeyMissing,

    /// <summary>The configuration cannot be read, or a value in it is wrong.</summary>
    ConfigInvalid,

    /// <summary>A command, its arguments or a script is wrong.</summary>
    CommandInvalid,

    /// <summary>The image holds a program for another architecture.</summary>
    PlatformWrong,

    /// <summary>The image lacks what it needs.</summary>
    ImageFaulty,

    /// <summary>The process may not do what it needs: user, capability or read-only file system.</summary>
    NotPermitted,

    /// <summary>A connection pool is exhausted.</summary>
    PoolExhausted,

    /// <summary>Memory runs out inside the process.</summary>
    MemoryExhausted,

    /// <summary>A host name cannot be resolved.</summary>
    NameUnresolved,

    /// <summary>A database cannot be used.</summary>
    DatabaseUnavailable,

    /// <summary>A connection is refused.</summary>
    ConnectionRefused,

    /// <summary>A connection or request takes too long.</summary>
    TimedOut,

    /// <summary>A failure that goes through several services.</summary>
    Cascading,

    /// <summary>A proxy reports errors of what is behind it.</summary>
    UpstreamFailed,

    /// <summary>The process is slowed down by its cpu limit.</summary>
    Throttled,

    /// <summary>Errors that no other kind names.</summary>
    Errors,
}
