using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Console.Sessions;

/// <summary>One signed-in browser.</summary>
internal sealed class ConsoleSession(Account account, int group)
{
    private string? notice;

    public Account Account { get; } = account;

    /// <summary>Index of the organization group that everything acts on.</summary>
    public int Group { get; set; } = group;

    public DateTimeOffset LastSeen { get; set; }

    /// <summary>What the form of an administrator holds between its tabs: a password must not travel back to the page.</summary>
    public Dictionary<string, object> Drafts { get; } = [];

    /// <summary>Shown once, on the next page.</summary>
    public void Tell(string text) => notice = text;

    public string? TakeNotice() => Interlocked.Exchange(ref notice, null);
}
