using Picket.Core.Sync;

namespace Picket.Core.Enrollment;

/// <summary>What becomes of one line.</summary>
/// <param name="Line">Of the file, from 1.</param>
public abstract record ImportStep(int Line)
{
    /// <summary>It is made.</summary>
    /// <param name="Wish">What.</param>
    /// <param name="OrganizationGroup">Numeric id of the group that it is made in; null for the integration's own.</param>
    /// <param name="WithGroup">There is no user group of that name: it is made first, once for all lines that name it.</param>
    public sealed record Create(int Line, ImportWish Wish, int? OrganizationGroup, bool WithGroup = false)
        : ImportStep(Line);

    /// <summary>A user is there and is called otherwise.</summary>
    /// <param name="User">Numeric id of the user.</param>
    /// <param name="Fields">Each with what it is now, and what it becomes.</param>
    public sealed record Change(int Line, UserWish Wish, int User, IReadOnlyList<ImportField> Fields)
        : ImportStep(Line);

    /// <summary>Nothing is to be done.</summary>
    /// <param name="Why">In an administrator's words.</param>
    public sealed record AlreadyThere(int Line, string Why) : ImportStep(Line);

    /// <summary>Nothing is done, and somebody has to look at it.</summary>
    public sealed record Refuse(int Line, IReadOnlyList<ImportMistake> Mistakes) : ImportStep(Line);
}

/// <summary>One field of a user who is there.</summary>
public sealed record ImportField(string Column, string? Before, string After);

/// <summary>
/// Decides line by line what an import does, and says all that is wrong with a line at once. Of earlier lines only keys and
/// hashes are kept: 100,000 lines take little room. Of lines that contradict each other the first counts, and the others
/// are refused with its number.
/// </summary>
public sealed class ImportPlanner(ImportKnown known)
{
    private readonly Dictionary<string, (int Line, RowHash Hash)> earlier = [];

    public ImportStep Plan(ImportLine line)
    {
        if (line.Wish is not { } wish)
        {
            return new ImportStep.Refuse(line.Line, line.Mistakes);
        }

        var before = Earlier(wish);
        if (before.FirstOrDefault(each => each.Hash == wish.Hash()) is { Line: > 0 } same)
        {
            return new ImportStep.AlreadyThere(line.Line, $"Line {same.Line} says the same.");
        }

        var wrong = new Wrong(line.Line);
        foreach (var other in before)
        {
            wrong.Add(null, $"Line {other.Line} says otherwise of the same {Noun(wish)}.");
        }

        var step = wish switch
        {
            UserWish user => Plan(line.Line, user, wrong),
            DeviceWish device => Plan(line.Line, device, wrong),
            MemberWish member => Plan(line.Line, member, wrong),
            _ => throw new ArgumentException($"There is no plan for {wish.GetType().Name}.", nameof(line)),
        };
        if (wrong.Mistakes.Count > 0) // What is refused says nothing that a later line could repeat, or contradict.
        {
            return new ImportStep.Refuse(line.Line, wrong.Mistakes);
        }

        foreach (var key in wish.Keys)
        {
            earlier.Add(key, (line.Line, wish.Hash()));
        }

        return step;
    }

    /// <summary>Lines before that speak of the same, each once.</summary>
    private List<(int Line, RowHash Hash)> Earlier(ImportWish wish) =>
        [
            .. wish
                .Keys.Where(earlier.ContainsKey)
                .Select(key => earlier[key])
                .DistinctBy(before => before.Line)
                .OrderBy(before => before.Line),
        ];

    private ImportStep Plan(int line, UserWish wish, Wrong wrong)
    {
        var group = GroupOf(wish.OrganizationGroup, wrong);
        if (known.User(wish.UserName) is not { } user)
        {
            return new ImportStep.Create(line, wish, group);
        }

        if (group is { } wanted && user.OrganizationGroup is { } now && wanted != now)
        {
            wrong.Add(
                ImportColumns.OrganizationGroup,
                "The user is in another organization group. An import moves nobody: do it in the UEM, or leave this empty."
            );
        }

        var fields = Differences(wish, user).ToList();
        return fields.Count == 0
            ? new ImportStep.AlreadyThere(line, "The user is there, and is called so; nobody is told anew.")
            : new ImportStep.Change(line, wish, user.Id, fields);
    }

    /// <summary>What the file leaves empty stays. Picket reads no telephone numbers (law 8), so one that is given is set.</summary>
    private static IEnumerable<ImportField> Differences(UserWish wish, KnownUser user) =>
        from field in new[]
        {
            (Column: ImportColumns.FirstName, Before: user.FirstName, After: wish.FirstName),
            (Column: ImportColumns.LastName, Before: user.LastName, After: wish.LastName),
            (Column: ImportColumns.Email, Before: user.Email, After: wish.Email),
            (Column: ImportColumns.Mobile, Before: null, After: wish.Mobile),
        }
        where field.After is not null && field.After != field.Before
        select new ImportField(field.Column.Name, field.Before, field.After!);

    private ImportStep Plan(int line, DeviceWish wish, Wrong wrong)
    {
        var group = GroupOf(wish.OrganizationGroup, wrong);
        DemandUser(wish.UserName, wrong);
        var devices = known.Devices(wish);
        if (devices.Count > 1)
        {
            wrong.Add(
                ImportColumns.SerialNumber,
                "Serial number, IMEI and UDID of this line belong to several devices of the UEM."
            );
        }

        if (devices is not [var one])
        {
            return new ImportStep.Create(line, wish, group);
        }

        var state = one.Enrolled ? "enrolled" : "announced";
        if (one.Owner is not { } owner || !IsSame(owner, wish.UserName))
        {
            var whose = one.Owner is null ? "a user whom the UEM does not name" : $"the user {one.Owner}";
            wrong.Add(ImportColumns.UserName, $"The device is {state} for {whose}.");
        }

        return new ImportStep.AlreadyThere(line, $"The device is {state} for this user.");
    }

    private ImportStep Plan(int line, MemberWish wish, Wrong wrong)
    {
        DemandUser(wish.UserName, wrong);
        var groups = known.Groups(wish.Group);
        if (groups.Count > 1)
        {
            wrong.Add(ImportColumns.Group, "Several groups have this name. Rename one in the UEM.");
        }
        else if (groups is [{ Custom: false }])
        {
            wrong.Add(ImportColumns.Group, "This group follows a directory: change it there, or name a custom group.");
        }

        return groups is [var group] && group.Has(wish.UserName)
            ? new ImportStep.AlreadyThere(line, "The user is in the group.")
            : new ImportStep.Create(line, wish, null, WithGroup: groups.Count == 0);
    }

    private int? GroupOf(string? text, Wrong wrong)
    {
        switch (text is null ? null : known.OrganizationGroup(text))
        {
            case null:
                return null;
            case OrganizationGroupMatch.One one:
                return one.Id;
            case OrganizationGroupMatch.Several several:
                wrong.Add(
                    ImportColumns.OrganizationGroup,
                    $"Several groups have this name. Give the Group ID: {string.Join(", ", several.GroupIds)}."
                );
                return null;
            default:
                wrong.Add(
                    ImportColumns.OrganizationGroup,
                    "There is no such group at or below the organization group of the integration."
                );
                return null;
        }
    }

    private void DemandUser(string userName, Wrong wrong)
    {
        if (known.User(userName) is null)
        {
            wrong.Add(
                ImportColumns.UserName,
                "There is no such user at or below the organization group of the integration."
            );
        }
    }

    private static string Noun(ImportWish wish) => wish is DeviceWish ? "device" : "user";

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>All that is wrong with a line.</summary>
    private sealed class Wrong(int line)
    {
        public List<ImportMistake> Mistakes { get; } = [];

        public void Add(ImportColumn? column, string text) => Mistakes.Add(new(line, column?.Name, text));
    }
}
