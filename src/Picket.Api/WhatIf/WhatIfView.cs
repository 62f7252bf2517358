namespace Picket.Api;

/// <summary>A change to be tried over the fleet. At least one of the two is given; of a feed both ids.</summary>
public sealed record WhatIfWish
{
    /// <summary>A policy document in place of the one in force: YAML, at most 262,144 characters.</summary>
    public string? Policy { get; init; }

    /// <summary>A feed.</summary>
    public Guid? FeedId { get; init; }

    /// <summary>A stored version of the feed in place of the one in force; one that is set aside will do.</summary>
    public Guid? FeedVersionId { get; init; }

    /// <summary>Days before today that are tried too, 0 to 30; 30 when absent.</summary>
    public int? Days { get; init; }
}

/// <summary>What a change would make of the devices that the caller sees. Nothing was changed.</summary>
public sealed record WhatIfView
{
    /// <summary>Picket's id. It is kept for an hour, for the caller alone, and lost when the server ends.</summary>
    public required Guid Id { get; init; }

    /// <summary>As of when: facts, feeds and findings are those of then.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public int Milliseconds { get; init; }

    /// <summary>Devices that were judged: those in the fleet now.</summary>
    public int Devices { get; init; }

    /// <summary>
    /// Today at the end, and the days before it, oldest first. For days past each side is what judging by it would have
    /// said, from the facts of then; the left side need not be what was said then, by the policy and feeds of then.
    /// </summary>
    public IReadOnlyList<WhatIfDay> Days { get; set; } = [];

    /// <summary>Devices by level today without and with the change; pairs of one level are left out.</summary>
    public IReadOnlyList<WhatIfMove> Moves { get; set; } = [];

    /// <summary>Kinds of findings that would come or go, in devices.</summary>
    public IReadOnlyList<WhatIfKind> Kinds { get; set; } = [];

    /// <summary>Tags that would follow, by integration. Empty where no level changes.</summary>
    public IReadOnlyList<WhatIfTag> Tags { get; set; } = [];

    /// <summary>Commands that would follow, e.g. messages. Picket sends none by itself.</summary>
    public int Commands { get; init; }

    /// <summary>What a reader should know of the figures.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}

/// <summary>One day without and with the change.</summary>
/// <param name="Day">The day (UTC), at its end; today as of now.</param>
/// <param name="Before">Devices by level without the change.</param>
/// <param name="After">Devices by level with it.</param>
public sealed record WhatIfDay(DateOnly Day, LevelCounts Before, LevelCounts After);

/// <summary>Devices whose level changes.</summary>
/// <param name="Before">Without the change.</param>
/// <param name="After">With it.</param>
/// <param name="Devices">How many.</param>
public sealed record WhatIfMove(Level Before, Level After, int Devices);

/// <summary>A kind of finding that counts on other devices than before.</summary>
/// <param name="Kind">Its id.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Comes">Devices on which it counts with the change alone.</param>
/// <param name="Goes">Devices on which it counts without the change alone.</param>
public sealed record WhatIfKind(string Kind, string Title, int Comes, int Goes);

/// <summary>One tag of one integration.</summary>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Integration">Its name.</param>
/// <param name="Level">The level that the tag stands for; null for one of the policy's sets.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="Added">Devices on which it would be put.</param>
/// <param name="Removed">Devices from which it would be taken.</param>
/// <param name="IsWritten">False: writing is off for the integration, so none of it would be sent.</param>
public sealed record WhatIfTag(
    Guid IntegrationId,
    string Integration,
    Level? Level,
    string Tag,
    int Added,
    int Removed,
    bool IsWritten
)
{
    /// <summary>The policy's set that the tag is of; null for the set of levels.</summary>
    public string? Set { get; init; }
}

/// <summary>What the change makes of one device.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Name">Its friendly name.</param>
/// <param name="IntegrationId">The integration.</param>
/// <param name="Before">Its level without the change.</param>
/// <param name="After">Its level with it.</param>
/// <param name="Comes">Kinds of findings that count with the change alone.</param>
/// <param name="Goes">Kinds of findings that count without it alone.</param>
public sealed record WhatIfDevice(
    Guid DeviceId,
    string Name,
    Guid IntegrationId,
    Level Before,
    Level After,
    IReadOnlyList<string> Comes,
    IReadOnlyList<string> Goes
)
{
    /// <summary>Tags of the policy's sets that it is to carry with the change alone.</summary>
    public IReadOnlyList<string> Gets { get; set; } = [];

    /// <summary>Tags of the policy's sets that it is to carry without the change alone.</summary>
    public IReadOnlyList<string> Loses { get; set; } = [];
}

/// <summary>Filter of the devices of a trial.</summary>
public sealed record WhatIfFilter
{
    /// <summary>Only devices of this level without the change.</summary>
    public Level? Before { get; init; }

    /// <summary>Only devices of this level with the change.</summary>
    public Level? After { get; init; }

    /// <summary>Only devices on which findings of this kind come or go.</summary>
    public string? Kind { get; init; }

    /// <summary>Only devices that get or lose this tag of the policy's sets.</summary>
    public string? Tag { get; init; }

    /// <summary>Only devices of this integration.</summary>
    public Guid? IntegrationId { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of one page, 1 to 500; 100 when absent.</summary>
    public int? Limit { get; init; }
}
