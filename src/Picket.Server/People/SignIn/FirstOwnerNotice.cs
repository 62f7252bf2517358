namespace Picket.Server.People;

/// <summary>Makes the link of the first owner, where nobody owns the server, and prints it.</summary>
internal sealed partial class FirstOwnerNotice(FirstOwnerLink links, ILoggerFactory logs)
{
    /// <summary>Goes to this machine's own console and is never exported with the rest of the log.</summary>
    public const string Category = "Picket.FirstOwner";

    public async Task PrintAsync(IEnumerable<string> addresses, CancellationToken cancellation)
    {
        if (await links.IssueAsync(cancellation) is var (code, expires))
        {
            NobodyYet(
                logs.CreateLogger(Category),
                $"{Address(addresses.FirstOrDefault())}/first-owner#{code}",
                expires
            );
        }
    }

    /// <summary>An address to open: a server that listens everywhere is reached here by its own name.</summary>
    private static string Address(string? listening)
    {
        var parsed = BindingAddress.Parse(listening ?? "http://localhost");
        var host = parsed.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : parsed.Host;
        return $"{parsed.Scheme}://{host}:{parsed.Port}";
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Nobody owns this server yet. Whoever opens this link first does; it is good once, until {Expires:u}: {Link}"
    )]
    private static partial void NobodyYet(ILogger log, string link, DateTimeOffset expires);
}
