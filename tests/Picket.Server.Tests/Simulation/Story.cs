namespace Picket.Server.Tests.Simulation;

/// <summary>A history that once found a fault: all devices get another level, and just this goes wrong.</summary>
/// <param name="IsTagged">Whether an earlier run had tagged the fleet.</param>
/// <param name="Script">What goes wrong with the next call whose path ends so, one after the other.</param>
internal sealed record Story(bool IsTagged, params (string Ending, Trouble Trouble)[] Script)
{
    /// <summary>A device leaves the UEM before its tag changes.</summary>
    public bool OneLeaves { get; init; }

    /// <summary>Whether there are lists of denied apps; then things are found on devices, and end, more than once.</summary>
    public bool HasLists { get; init; }

    /// <summary>Whether users are told of findings.</summary>
    public bool HasLetters { get; init; }

    /// <summary>The call after whose answer the process dies.</summary>
    public string? DiesAfter { get; init; }

    /// <summary>By name, for a test's list.</summary>
    public static readonly IReadOnlyDictionary<string, Story> All = new Dictionary<string, Story>
    {
        // It was taken for deleted, and no run went on ever after.
        ["a listing that adds up and lacks a tag"] = new(true, ("tags/search", Trouble.RowLeftOut)),

        // The ledger said that it failed.
        ["a refused retry of a call that had been done"] = new(
            true,
            ("/adddevices", Trouble.LostAnswer),
            ("/adddevices", Trouble.Maintenance)
        ),

        // The ledger confirmed it nowhere.
        ["a retry of a call that had been done, which refuses some devices"] = new(
            true,
            ("/adddevices", Trouble.LostAnswer),
            ("/adddevices", Trouble.SomeRefused)
        ),

        // It was taken for somebody else's.
        ["a tag whose making is not answered and which the listing right after lacks"] = new(
            false,
            ("/addtag", Trouble.LostAnswer),
            ("tags/search", Trouble.RowLeftOut)
        ),

        // The ledger left it as sent: nobody sent it again, nobody read it back.
        ["a call whose device is gone when its process is"] = new(true) { OneLeaves = true, DiesAfter = "/adddevices" },

        // The ledger said that it failed.
        ["a reading right after a write that shows nobody"] = new(
            true,
            ("/adddevices", Trouble.None),
            ("/devices", Trouble.Nothing)
        ),

        // It was taken for somebody else's, and nobody would have taken it out again.
        ["an app that a list gets late"] = new(true, ("/applications", Trouble.Late)) { HasLists = true },

        // A second list of that name was made.
        ["a list whose making is not answered, and then nothing is listed"] = new(
            true,
            ("/appgroups", Trouble.LostAnswer),
            ("appgroups/search", Trouble.Maintenance),
            ("appgroups/search", Trouble.Maintenance),
            ("appgroups/search", Trouble.Nothing)
        )
        {
            HasLists = true,
        },

        // The same.
        ["a list whose making is not answered, and which two listings lack"] = new(
            true,
            ("/appgroups", Trouble.LostAnswer),
            ("appgroups/search", Trouble.Maintenance),
            ("appgroups/search", Trouble.Maintenance),
            ("appgroups/search", Trouble.RowLeftOut)
        )
        {
            HasLists = true,
        },
    };
}
