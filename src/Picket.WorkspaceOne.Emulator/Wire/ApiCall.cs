using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>One request that passed the gate, as a route sees it.</summary>
internal sealed class ApiCall(HttpContext http, Uem uem, Account caller, ImmutableArray<int> groups)
{
    private static readonly string[] DateFormats =
    [
        "yyyy/MM/dd",
        "yyyy-MM-dd",
        "MM/dd/yyyy",
        "MM-dd-yyyy",
        "yyyy/MM/dd HH:mm:ss.fff",
        "yyyy-MM-dd HH:mm:ss.fff",
        "MM/dd/yyyy HH:mm:ss.fff",
        "MM-dd-yyyy HH:mm:ss.fff",
    ];

    public Uem Uem { get; } = uem;

    public Tenant Tenant => Uem.Tenant;

    public Account Caller { get; } = caller;

    public JsonElement Body { get; init; }

    /// <summary>Whether the caller sent a body at all.</summary>
    public bool HasBody { get; init; }

    /// <summary>What the fault script does to listings in this call.</summary>
    public FaultRule? Disturbance { get; init; }

    /// <summary>The group at the top of what the caller sees.</summary>
    public OrganizationGroup Scope => Tenant.Tree.At(groups[0]);

    public string Route(string name) => (string?)http.Request.RouteValues[name] ?? "";

    public int? RouteInt(string name) =>
        int.TryParse(Route(name), CultureInfo.InvariantCulture, out var id) ? id : null;

    public Guid? RouteGuid(string name) => Guid.TryParse(Route(name), out var uuid) ? uuid : null;

    /// <summary>Query names match in any case; an empty value counts as absent.</summary>
    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public int? QueryInt(string name) =>
        int.TryParse(Query(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    public Guid? QueryGuid(string name) => Guid.TryParse(Query(name), out var uuid) ? uuid : null;

    public bool QueryIs(string name, string value) => value.Equals(Query(name), StringComparison.OrdinalIgnoreCase);

    public DateTime? QueryDate(string name) =>
        Query(name) is not { } text ? null
        : DateTime.TryParseExact(text.Replace('T', ' '), DateFormats, null, DateTimeStyles.None, out var date) ? date
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out date) ? date
        : null;

    public string? BodyText(string name) => Body.Text(name);

    public IReadOnlyList<string> BulkValues => Body.BulkValues();

    /// <summary>The texts of an array in the body; empty where it is missing.</summary>
    public IReadOnlyList<string> BodyList(string name) => Body.Texts(name);

    /// <summary>The rows of a listing that the fault script lets be seen.</summary>
    public IReadOnlyList<T> Listed<T>(IReadOnlyList<T> all) =>
        Disturbance is { Action: FaultAction.Omit, Rows: var rows } ? [.. all.SkipLast(rows)] : all;

    public bool Sees(int group) => groups.Any(top => Tenant.Tree.IsWithin(group, top));

    /// <summary>Whether a role of the caller grants a right, beside the one that the route needed.</summary>
    public bool Grants(Right right) =>
        Caller.State.Assignments.Any(assignment => assignment.Active && assignment.Role.Grants(right));

    public OrganizationGroup? VisibleGroup(int id) =>
        Tenant.Tree.ById(id) is { } group && Sees(group.Index) ? group : null;

    public OrganizationGroup? VisibleGroup(Guid uuid) =>
        Tenant.Tree.ByUuid(uuid) is { } group && Sees(group.Index) ? group : null;

    /// <summary>The group that a query names by number, the caller's own when it names none; null: out of scope.</summary>
    public OrganizationGroup? GroupOrOwn(string name) =>
        Query(name) is null ? Scope
        : QueryInt(name) is { } id ? VisibleGroup(id)
        : null;

    /// <summary>The same by uuid.</summary>
    public OrganizationGroup? GroupOrOwnByUuid(string name) =>
        Query(name) is null ? Scope
        : QueryGuid(name) is { } uuid ? VisibleGroup(uuid)
        : null;

    public Device? VisibleDevice(Device? device) => device is not null && Sees(device.Group) ? device : null;
}
