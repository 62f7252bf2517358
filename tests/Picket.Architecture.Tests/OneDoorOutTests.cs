using System.Text.RegularExpressions;

namespace Picket.Architecture.Tests;

/// <summary>Law 9: what the server connects to is judged in one place.</summary>
public sealed partial class OneDoorOutTests
{
    [Fact]
    public void Only_the_door_opens_connections()
    {
        var offences =
            from file in Repository.Sources("src/Picket.Server")
            let path = Repository.Relative(file)
            where Path.GetFileName(path) != "Outbound.cs"
            from line in File.ReadLines(file)
            where Opens().IsMatch(line)
            select $"{path}: {line.Trim()}";

        Assert.Empty(offences);
    }

    /// <summary>A client over a handler that somebody hands in opens nothing by itself.</summary>
    [GeneratedRegex(
        @"new (SocketsHttpHandler|HttpClientHandler|Socket|TcpClient|UdpClient|ClientWebSocket|SmtpClient)\b"
            + @"|new HttpClient\(\)|AddHttpClient\(|WebRequest\.|SocketsHttpHandler\s*\{|WorkspaceOneHandler\.Create"
    )]
    private static partial Regex Opens();
}
