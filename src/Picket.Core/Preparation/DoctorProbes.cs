namespace Picket.Core.Preparation;

/// <summary>Every GET that the doctor makes, in the order in which it makes them.</summary>
public static class DoctorProbes
{
    /// <summary>Whether there is a UEM at all, its version, and whether it lets us in.</summary>
    public static readonly DoctorProbe Info = new("info", "system/info");

    public static readonly DoctorProbe Self = new("self", "system/admins/search?username={user}&pagesize=10", 2);

    /// <summary>The integration's own group; its answer tells the number that other probes need.</summary>
    public static readonly DoctorProbe Group = new("group", "system/groups/{ogUuid}", 2);

    public static readonly DoctorProbe Devices = new("devices", "mdm/devices/search?lgid={og}&pagesize=1", 2);
    public static readonly DoctorProbe Users = new("users", "system/users/search?locationgroupId={og}&pagesize=1");
    public static readonly DoctorProbe UserGroups = new(
        "user-groups",
        "system/usergroups/search?organizationgroupid={og}&pagesize=1"
    );
    public static readonly DoctorProbe SmartGroups = new(
        "smart-groups",
        "mdm/smartgroups/search?organizationgroupid={og}&pagesize=1"
    );
    public static readonly DoctorProbe Tags = new("tags", "mdm/tags/search?organizationgroupid={og}&pagesize=1");
    public static readonly DoctorProbe Apps = new("apps", "mam/apps/search?locationgroupid={og}&pagesize=1");
    public static readonly DoctorProbe PublicApps = new(
        "public-apps",
        "mam/apps/search?applicationtype=Public&locationgroupid={og}&pagesize=1"
    );
    public static readonly DoctorProbe PurchasedApps = new(
        "purchased-apps",
        "mam/apps/purchased/search?locationgroupid={og}&pagesize=1"
    );

    public static readonly IReadOnlyList<DoctorProbe> All =
    [
        Info,
        Self,
        Group,
        Devices,
        Users,
        UserGroups,
        SmartGroups,
        Tags,
        Apps,
        PublicApps,
        PurchasedApps,
    ];
}
