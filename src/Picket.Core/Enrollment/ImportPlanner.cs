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
/// Decides line by line what an import does. Of earlier lines only keys and hashes are kept: 100,000 lines take little
/// room. Of lines that contradict each other the first counts, and the others are refused with its number.
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

        if (Repeated(line.Line, wish) is { } repeated)
        {
            return repeated;
        }

        var step = wish switch
        {
            UserWish user => Plan(line.Line, user),
            DeviceWish device => Plan(line.Line, device),
            MemberWish member => Plan(line.Line, member),
            _ => throw new ArgumentException($"There is no plan for {wish.GetType().Name}.", nameof(line)),
        };
        if (step is not ImportStep.Refuse) // What is refused says nothing that a later line could repeat, or contradict.
        {
            Remember(line.Line, wish);
        }

        return step;
    }

    private ImportStep? Repeated(int line, ImportWish wish)
    {
        var hash = wish.Hash();
        foreach (var key in wish.Keys)
        {
            if (earlier.TryGetValue(key, out var before))
            {
                return before.Hash == hash
                    ? new ImportStep.AlreadyThere(line, $"Line {before.Line} says the same.")
                    : Refused(line, null, $"Line {before.Line} says otherwise of the same {Noun(wish)}.");
            }
        }

        return null;
    }

    private void Remember(int line, ImportWish wish)
    {
        foreach (var key in wish.Keys)
        {
            earlier.Add(key, (line, wish.Hash()));
        }
    }

    private ImportStep Plan(int line, UserWish wish)
    {
        var (group, refused) = GroupOf(line, wish.OrganizationGroup);
        if (refused is not null)
        {
            return refused;
        }

        if (known.User(wish.UserName) is not { } user)
        {
            return new ImportStep.Create(line, wish, group);
        }

        if (group is { } wanted && user.OrganizationGroup is { } now && wanted != now)
        {
            return Refused(
                line,
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

    private ImportStep Plan(int line, DeviceWish wish)
    {
        var (group, refused) = GroupOf(line, wish.OrganizationGroup);
        if (refused is not null)
        {
            return refused;
        }

        if (known.User(wish.UserName) is null)
        {
            return NoUser(line);
        }

        return known.Devices(wish) switch
        {
            [] => new ImportStep.Create(line, wish, group),
            [var one] when one.Owner is { } owner && IsSame(owner, wish.UserName) => new ImportStep.AlreadyThere(
                line,
                one.Enrolled ? "The device is enrolled for this user." : "The device is announced for this user."
            ),
            [var one] => Refused(
                line,
                ImportColumns.UserName,
                $"The device is {(one.Enrolled ? "enrolled" : "announced")} for "
                    + $"{(one.Owner is null ? "a user whom the UEM does not name" : $"the user {one.Owner}")}."
            ),
            _ => Refused(
                line,
                ImportColumns.SerialNumber,
                "Serial number, IMEI and UDID of this line belong to several devices of the UEM."
            ),
        };
    }

    private ImportStep Plan(int line, MemberWish wish)
    {
        if (known.User(wish.UserName) is null)
        {
            return NoUser(line);
        }

        return known.Groups(wish.Group) switch
        {
            [] => new ImportStep.Create(line, wish, null, WithGroup: true),
            [{ Custom: false }] => Refused(
                line,
                ImportColumns.Group,
                "This group follows a directory: change it there, or name a custom group."
            ),
            [var group] when group.Has(wish.UserName) => new ImportStep.AlreadyThere(line, "The user is in the group."),
            [_] => new ImportStep.Create(line, wish, null),
            _ => Refused(line, ImportColumns.Group, "Several groups have this name. Rename one in the UEM."),
        };
    }

    private (int? Group, ImportStep? Refused) GroupOf(int line, string? text) =>
        text is null
            ? (null, null)
            : known.OrganizationGroup(text) switch
            {
                OrganizationGroupMatch.One one => (one.Id, null),
                OrganizationGroupMatch.Several several => (
                    null,
                    Refused(
                        line,
                        ImportColumns.OrganizationGroup,
                        $"Several groups have this name. Give the Group ID: {string.Join(", ", several.GroupIds)}."
                    )
                ),
                _ => (
                    null,
                    Refused(
                        line,
                        ImportColumns.OrganizationGroup,
                        "There is no such group at or below the organization group of the integration."
                    )
                ),
            };

    private static ImportStep.Refuse NoUser(int line) =>
        Refused(
            line,
            ImportColumns.UserName,
            "There is no such user at or below the organization group of the integration."
        );

    private static ImportStep.Refuse Refused(int line, ImportColumn? column, string text) =>
        new(line, [new(line, column?.Name, text)]);

    private static string Noun(ImportWish wish) => wish is DeviceWish ? "device" : "user";

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
