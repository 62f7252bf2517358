namespace Picket.WorkspaceOne.Connection;

// The routes of apps, which are as many as all others.

public static partial class Routes
{
    /// <summary>Internal and public apps of the catalogue, v1 (trust W).</summary>
    public static readonly Route AppSearch = Get("mam/apps/search");

    /// <summary>Purchased apps (trust S).</summary>
    public static readonly Route PurchasedAppSearch = Get("mam/apps/purchased/search");

    /// <summary>One public app by numeric id (trust S).</summary>
    public static readonly Route PublicApp = Get("mam/apps/public/{id}");

    /// <summary>One internal app by numeric id; a missing one answers 401 with 7000 (trust W).</summary>
    public static readonly Route InternalApp = Get("mam/apps/internal/{applicationid}");

    /// <summary>Adds a store app (trust S). Twice would fail: it exists.</summary>
    public static readonly Route AddPublicApp = new(HttpMethod.Post, "mam/apps/public", 1, Repeatable: false);

    /// <summary>Deletes a public app (trust S).</summary>
    public static readonly Route DeletePublicApp = new(HttpMethod.Delete, "mam/apps/public/{applicationid}", 1);

    /// <summary>Deletes an internal app (trust S).</summary>
    public static readonly Route DeleteInternalApp = new(HttpMethod.Delete, "mam/apps/internal/{applicationid}", 1);

    /// <summary>Switches a public app on (trust S): a state.</summary>
    public static readonly Route ActivatePublicApp = Post("mam/apps/public/{applicationid}/activate");

    /// <summary>Switches a public app off (trust S): a state.</summary>
    public static readonly Route DeactivatePublicApp = Post("mam/apps/public/{applicationid}/deactivate");

    /// <summary>Switches an internal app on (trust S): a state.</summary>
    public static readonly Route ActivateInternalApp = Post("mam/apps/internal/{applicationid}/activate");

    /// <summary>Switches an internal app off (trust S): a state.</summary>
    public static readonly Route DeactivateInternalApp = Post("mam/apps/internal/{applicationid}/deactivate");

    /// <summary>Retires a version of an internal app (trust S): a state.</summary>
    public static readonly Route RetireInternalApp = Post("mam/apps/internal/{applicationid}/retire");

    /// <summary>Brings a retired version back (trust S): a state.</summary>
    public static readonly Route UnretireInternalApp = Post("mam/apps/internal/{applicationid}/unretire");

    /// <summary>Takes one chunk of a file (trust S). A chunk that comes twice is out of order.</summary>
    public static readonly Route UploadChunk = new(
        HttpMethod.Post,
        "mam/apps/internal/uploadchunk",
        1,
        Repeatable: false
    );

    /// <summary>Makes an internal app of an uploaded file (trust S). Twice would fail: it exists.</summary>
    public static readonly Route BeginInstall = new(
        HttpMethod.Post,
        "mam/apps/internal/begininstall",
        1,
        Repeatable: false
    );

    /// <summary>Who gets an app, v2 (trust W).</summary>
    public static readonly Route AssignmentRules = Get("mam/apps/{applicationUuid}/assignment-rules", 2);

    /// <summary>
    /// Replaces who gets an app, v2 (trust W). A state, and not repeated all the same: between two sendings an
    /// administrator may have changed the list, and the second would undo it.
    /// </summary>
    public static readonly Route ReplaceAssignmentRules = new(
        HttpMethod.Put,
        "mam/apps/{applicationUuid}/assignment-rules",
        2,
        Repeatable: false
    );

    /// <summary>Keys that an app's configuration knows, v2 (trust S).</summary>
    public static readonly Route AppConfigTemplate = Get("mam/apps/{applicationUuid}/app-config-template", 2);

    /// <summary>Devices of an app with their install state (trust S).</summary>
    public static readonly Route AppDevices = Get("mam/apps/{uuid}/devices");

    /// <summary>A purchased app with its allocations, v1; 501 with 7019 once it has assignment rules (trust S).</summary>
    public static readonly Route PurchasedApp = Get("mam/apps/purchased/{applicationid}");

    /// <summary>A purchased app with its licences, v2 (trust S).</summary>
    public static readonly Route PurchasedAppByUuid = Get("mam/apps/purchased/{uuid}", 2);

    /// <summary>Gives licences to smart groups (trust S, deprecated). Twice would fail: they have them.</summary>
    public static readonly Route AllocateLicences = new(
        HttpMethod.Post,
        "mam/apps/purchased/{applicationid}/assignment",
        1,
        Repeatable: false
    );

    /// <summary>Changes how many licences smart groups have (trust S): a state.</summary>
    public static readonly Route ChangeLicences = new(HttpMethod.Put, "mam/apps/purchased/{applicationid}", 1);

    /// <summary>Takes the licences of a smart group back (trust S): a state.</summary>
    public static readonly Route TakeLicencesBack = new(
        HttpMethod.Delete,
        "mam/apps/purchased/{applicationid}/smartgroups/{smartgroupid}",
        1
    );

    /// <summary>Lets licences go to devices instead of people (trust S): a state. It cannot be switched back.</summary>
    public static readonly Route EnableDeviceLicences = new(
        HttpMethod.Put,
        "mam/apps/purchased/EnableDeviceAssignmentForVppApp/{appId}",
        1
    );

    /// <summary>Lists of allowed, denied and required apps (trust S).</summary>
    public static readonly Route AppGroupSearch = Get("mam/apps/appgroups/search");

    /// <summary>One app group by numeric id (trust S).</summary>
    public static readonly Route AppGroup = Get("mam/apps/appgroups/{appgroupid}");

    /// <summary>Makes an app group (trust S). Twice would make two, or fail.</summary>
    public static readonly Route AddAppGroup = new(HttpMethod.Post, "mam/apps/appgroups", 1, Repeatable: false);

    /// <summary>Adds apps to a group (trust S): a state, the second time is refused.</summary>
    public static readonly Route AddAppGroupApplications = Post("mam/apps/appgroups/{appgroupid}/applications");

    /// <summary>Takes apps out of a group (trust S): a state, the second time finds none.</summary>
    public static readonly Route RemoveAppGroupApplications = new(
        HttpMethod.Delete,
        "mam/apps/appgroups/{appgroupid}/applications",
        1
    );

    /// <summary>Deletes app groups (trust S): a state, the second time they are not found.</summary>
    public static readonly Route DeleteAppGroups = new(HttpMethod.Delete, "mam/apps/appgroups", 1);

    private static Route[] OfApps =>
        [
            AppSearch,
            PurchasedAppSearch,
            PublicApp,
            InternalApp,
            AddPublicApp,
            DeletePublicApp,
            DeleteInternalApp,
            ActivatePublicApp,
            DeactivatePublicApp,
            ActivateInternalApp,
            DeactivateInternalApp,
            RetireInternalApp,
            UnretireInternalApp,
            UploadChunk,
            BeginInstall,
            AssignmentRules,
            ReplaceAssignmentRules,
            AppConfigTemplate,
            AppDevices,
            PurchasedApp,
            PurchasedAppByUuid,
            AllocateLicences,
            ChangeLicences,
            TakeLicencesBack,
            EnableDeviceLicences,
            AppGroupSearch,
            AppGroup,
            AddAppGroup,
            AddAppGroupApplications,
            RemoveAppGroupApplications,
            DeleteAppGroups,
        ];

    private static Route Post(string template) => new(HttpMethod.Post, template, 1);
}
