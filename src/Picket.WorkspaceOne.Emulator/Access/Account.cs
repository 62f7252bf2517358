using System.Collections.Immutable;

namespace Picket.WorkspaceOne.Emulator.Access;

public enum AccountKind
{
    /// <summary>Name and password are kept by the UEM.</summary>
    Basic,

    /// <summary>The account of a directory; its name is written <c>domain\user</c>.</summary>
    Directory,
}

/// <summary>A role that an account has at one organization group and below it.</summary>
/// <param name="Group">Index of the organization group.</param>
public sealed record RoleAssignment(Role Role, int Group, bool Active = true);

/// <summary>Everything about an account that can change, replaced as a whole.</summary>
public sealed record AccountState
{
    public string Password { get; init; } = "";
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string Email { get; init; } = "";
    public string Phone { get; init; } = "";
    public string Description { get; init; } = "";
    public string TimeZone { get; init; } = "(GMT-05:00) Eastern Time (US & Canada)";
    public string Locale { get; init; } = "English (United States)";
    public string InitialLandingPage { get; init; } = "/Dashboard";

    /// <summary>Index of the group that manages the account; null: the account lost its group.</summary>
    public int? Group { get; init; }
    public ImmutableArray<RoleAssignment> Assignments { get; init; } = [];
    public bool Active { get; init; } = true;
    public bool Locked { get; init; }
    public int FailedSignIns { get; init; }
    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>PEM of the client certificate that signs CMSURL headers; null: none.</summary>
    public string? Certificate { get; init; }
}

/// <summary>An administrator, who may sign in to the console and to the API.</summary>
public sealed class Account
{
    private readonly Lock gate = new();
    private volatile AccountState state = new();

    public required int Id { get; init; }
    public required Guid Uuid { get; init; }
    public required string Name { get; init; }
    public AccountKind Kind { get; init; }

    /// <summary>A coherent view of the account at one moment.</summary>
    public AccountState State => state;

    public string Password
    {
        get => state.Password;
        set => Change(had => had with { Password = value });
    }

    /// <summary>The first role; setting it leaves other assignments alone.</summary>
    public Role Role
    {
        get => state.Assignments is [var first, ..] ? first.Role : Role.None;
        set =>
            Change(had =>
                had with
                {
                    Assignments = had.Assignments is [var first, .. var others]
                        ? [first with { Role = value }, .. others]
                        : [new RoleAssignment(value, had.Group ?? 0)],
                }
            );
    }

    /// <summary>Index of the organization group; null: the account lost its group. Setting it moves all roles.</summary>
    public int? Group
    {
        get => state.Group;
        set =>
            Change(had =>
                had with
                {
                    Group = value,
                    Assignments = value is { } group
                        ? [.. had.Assignments.Select(assignment => assignment with { Group = group })]
                        : had.Assignments,
                }
            );
    }

    public bool Active
    {
        get => state.Active;
        set => Change(had => had with { Active = value });
    }

    public bool Locked
    {
        get => state.Locked;
        set => Change(had => had with { Locked = value });
    }

    public int FailedSignIns
    {
        get => state.FailedSignIns;
        set => Change(had => had with { FailedSignIns = value });
    }

    /// <summary>Nobody sees half a change.</summary>
    public AccountState Change(Func<AccountState, AccountState> change)
    {
        lock (gate)
        {
            return state = change(state);
        }
    }
}
