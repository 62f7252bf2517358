using Picket.WorkspaceOne.Emulator.Console.Sessions;

namespace Picket.WorkspaceOne.Emulator.Console.Administrators;

/// <summary>A session keeps a few unfinished administrators, each in its own browser tab.</summary>
internal static class AdminDrafts
{
    private const int Most = 10;

    public static string Keep(ConsoleSession session, AdminDraft draft)
    {
        if (session.Drafts.Count >= Most)
        {
            session.Drafts.Clear();
        }

        var id = Guid.NewGuid().ToString("N");
        session.Drafts[id] = draft;
        return id;
    }
}
