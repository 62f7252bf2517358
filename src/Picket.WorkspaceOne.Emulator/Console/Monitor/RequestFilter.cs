using Picket.WorkspaceOne.Emulator.Record;

namespace Picket.WorkspaceOne.Emulator.Console.Monitor;

/// <summary>Which calls of the request log are shown.</summary>
/// <param name="Result">"refused", "passed" or empty for all.</param>
internal sealed record RequestFilter(string Path, string Account, string Result)
{
    public static readonly IReadOnlyList<(string, string)> Results =
    [
        ("refused", "Refused or failed"),
        ("passed", "Answered"),
        ("right", "A right was missing"),
        ("fault", "Spoilt by the fault script"),
    ];

    public bool Matches(LoggedRequest call) =>
        (
            Path.Length == 0
            || $"{call.Method} {call.Path}{call.Query}".Contains(Path, StringComparison.OrdinalIgnoreCase)
        )
        && (Account.Length == 0 || call.Account?.Contains(Account, StringComparison.OrdinalIgnoreCase) is true)
        && Result switch
        {
            "refused" => call.Status >= 400 || call.Status == 0,
            "passed" => call.Status is > 0 and < 400,
            "right" => call.MissingRight is not null,
            "fault" => call.Fault is not null,
            _ => true,
        };
}
