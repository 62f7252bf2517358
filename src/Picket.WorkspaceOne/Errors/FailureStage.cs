namespace Picket.WorkspaceOne;

/// <summary>How far a call came before it failed.</summary>
public enum FailureStage
{
    /// <summary>Not sent: the budget forbids it.</summary>
    Pacing,

    /// <summary>Not sent: the <see cref="WriteGate"/> is closed.</summary>
    Stopped,

    /// <summary>Not sent, or refused: the credential does not sign in.</summary>
    SignIn,

    /// <summary>The name of the server was not resolved.</summary>
    NameResolution,

    /// <summary>No connection, directly or through the proxy.</summary>
    Connect,

    /// <summary>The TLS handshake failed, mostly an untrusted or wrong certificate.</summary>
    Tls,

    /// <summary>No complete answer in time.</summary>
    Timeout,

    /// <summary>The connection broke after the request was sent.</summary>
    ConnectionLost,

    /// <summary>The server answered with a redirect, which credentials never follow.</summary>
    Redirect,

    /// <summary>The server answered with an error status.</summary>
    Status,

    /// <summary>The answer is not the JSON that was expected.</summary>
    Parse,

    /// <summary>The answer is longer than allowed.</summary>
    TooLarge,
}
