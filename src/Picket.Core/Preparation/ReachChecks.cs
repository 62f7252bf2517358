namespace Picket.Core.Preparation;

/// <summary>From the typed address to a trusted connection.</summary>
internal static class ReachChecks
{
    private static readonly ConsoleSteps GiveCa = new(
        "Picket > Integration > CA certificate",
        "Get the certificate of the authority that signed the UEM's certificate (PEM).",
        "Give it to the integration; it is trusted for this integration alone."
    );

    internal static void Run(Examination examination)
    {
        var facts = examination.Facts;
        examination.Gate(Checks.Kind, () => Kind(facts.Subject));
        examination.Gate(Checks.Address, () => Address(facts.Address));
        examination.Gate(Checks.Name, () => Name(facts.Network));
        examination.Gate(Checks.Connection, () => Connection(facts.Network));
        examination.Gate(Checks.Tls, () => Tls(facts.Network));
    }

    private static Judgement Kind(DoctorSubject subject) =>
        subject switch
        {
            { Authentication: UemAuthentication.Certificate } => Judgement.Fail(
                "Certificate-based API authentication is not supported. Use a basic account (user name and password)."
            ),
            { Authentication: UemAuthentication.Directory } => DirectoryRefused(),
            { Authentication: UemAuthentication.Basic, UserName: { } name } when name.Contains('\\') =>
                DirectoryRefused(),
            { Authentication: UemAuthentication.Basic, UserName: null or "" } => Judgement.Fail(
                "No user name was given."
            ),
            { Authentication: UemAuthentication.OAuth } => Judgement.Pass("OAuth client credentials."),
            _ => Judgement.Pass("Basic, with user name, password and API key."),
        };

    private static Judgement DirectoryRefused() =>
        Judgement.Fail(
            "Directory-based API authentication is not supported, and domain\\user is a directory account. "
                + "Use a basic account (user name and password)."
        );

    private static Judgement Address(MendedAddress address) =>
        address switch
        {
            { Address: null } => Judgement.Fail(address.Error ?? "The address cannot be used."),
            { Hints.Count: > 0 } => Judgement.Pass($"Mended to {address.Address}. {string.Join(" ", address.Hints)}"),
            _ => Judgement.Pass($"{address.Address}"),
        };

    private static Judgement Name(NetworkFacts network) =>
        network.NameResolved switch
        {
            true => Judgement.Pass("The name resolves."),
            false => Judgement.Fail(
                $"The name does not resolve: {network.NameError}",
                null,
                new CheckCause("The address is mistyped.", Checks.Address.Mend),
                new CheckCause("This machine's name service does not know the name: ask who runs the network.", null)
            ),
            null => Judgement.NotTested("The name was not looked up."),
        };

    private static Judgement Connection(NetworkFacts network) =>
        network.Connected switch
        {
            true => Judgement.Pass("A connection was made."),
            false => Judgement.Fail(
                $"No connection: {network.ConnectError}",
                null,
                new CheckCause("A firewall stands between; or the UEM is reached through a proxy only.", null),
                new CheckCause("Port or address is wrong.", Checks.Address.Mend)
            ),
            null => Judgement.NotTested("No connection was tried."),
        };

    private static Judgement Tls(NetworkFacts network) =>
        network.Tls switch
        {
            TlsState.Trusted => Judgement.Pass("The certificate is trusted and names this server."),
            TlsState.NotUsed => Judgement.Pass("Plain HTTP to this machine; for trying things out only."),
            TlsState.NotTried => Judgement.NotTested("No handshake was tried."),
            TlsState.ChainNotTrusted => Judgement.Fail(
                $"The certificate's authority is not trusted. {network.TlsDetail}",
                null,
                new CheckCause("The UEM uses a private authority.", GiveCa),
                new CheckCause("A proxy on the way opens the connection and signs with its own authority.", GiveCa)
            ),
            TlsState.NameDiffers => Judgement.Fail(
                $"The certificate is for another name. {network.TlsDetail}",
                null,
                new CheckCause(
                    "The address is an alias or a number: use the name in the certificate.",
                    Checks.Address.Mend
                )
            ),
            TlsState.Expired => Judgement.Fail(
                $"The certificate has expired, or this machine's clock is wrong. {network.TlsDetail}",
                null,
                new CheckCause("Who runs the UEM has to renew its certificate.", null),
                new CheckCause("This machine's clock is wrong.", null)
            ),
            _ => Judgement.Fail($"The TLS handshake failed. {network.TlsDetail}"),
        };
}
