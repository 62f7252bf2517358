using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Console.Roles;

/// <summary>The boxes of the role editor, and what the circle beside a category does to those below it.</summary>
internal static class RightBoxes
{
    public static readonly IReadOnlyList<string> Modes = ["None", "Read", "Edit"];

    public static HashSet<Right> Read(IFormCollection form) =>
        [
            .. RowTree.Rows.SelectMany(row =>
                Enum.GetValues<RightMode>()
                    .Where(mode => form[mode.ToString()].Contains(row.Path))
                    .Select(mode => new Right(row.Path, mode))
            ),
        ];

    /// <summary>None, Read or Edit for a category, or a mixture of its rows.</summary>
    public static string ModeOf(Category category, IReadOnlySet<Right> granted)
    {
        var rows = category.AllRows.ToList();
        var reads = rows.Count(row => granted.Contains(new Right(row.Path, RightMode.Read)));
        var edits = rows.Count(row => granted.Contains(new Right(row.Path, RightMode.Edit)));
        return (reads, edits) switch
        {
            (0, 0) => "None",
            _ when reads == rows.Count && edits == 0 => "Read",
            _ when reads == rows.Count && edits == rows.Count => "Edit",
            _ => "Mixed",
        };
    }

    /// <param name="choice">Mode and path, such as <c>Read:Accounts > Users</c>; others change nothing.</param>
    public static HashSet<Right> Choose(HashSet<Right> granted, string choice)
    {
        var parts = choice.Split(':', 2);
        if (parts.Length != 2 || !Modes.Contains(parts[0]))
        {
            return granted;
        }

        var below = RowTree
            .Rows.Where(row => row.Path.StartsWith(parts[1] + " > ", StringComparison.Ordinal))
            .Select(row => row.Path)
            .ToHashSet();
        var others = granted.Where(right => !below.Contains(right.Row));
        return
        [
            .. others,
            .. parts[0] is "None" ? [] : below.Select(row => new Right(row, RightMode.Read)),
            .. parts[0] is "Edit" ? below.Select(row => new Right(row, RightMode.Edit)) : [],
        ];
    }
}
