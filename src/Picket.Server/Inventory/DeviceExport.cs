using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Risk;

namespace Picket.Server.Inventory;

/// <summary>
/// The list of devices as a file for spreadsheets: the same filters, all rows, written as they are read. A cell that a
/// spreadsheet could take for a formula is made text.
/// </summary>
internal static class DeviceExport
{
    public const string Address = "/devices/export.csv";

    private static readonly string[] Columns =
    [
        "Device",
        "Serial number",
        "Platform",
        "Model",
        "System version",
        "Ownership",
        "Organization group",
        "User",
        "Verdict",
        "Findings",
        "Last seen (UTC)",
        "Address",
    ];

    public static void MapDeviceExport(this IEndpointRouteBuilder app) =>
        app.MapGet(Address, ExportAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();

    private static async Task<Results<PushStreamHttpResult, ValidationProblem>> ExportAsync(
        [AsParameters] DeviceFilter filter,
        string? group,
        Guid? integration,
        [FromQuery(Name = "user")] Guid? person,
        DeviceQueries devices,
        ClaimsPrincipal user,
        HttpRequest request,
        CancellationToken cancellation
    )
    {
        if (DeviceFilterMistakes.Of(filter) is { } unknown)
        {
            return unknown;
        }

        var asked = filter with
        {
            OrganizationGroup = group ?? filter.OrganizationGroup,
            IntegrationId = integration ?? filter.IntegrationId,
            UserId = person ?? filter.UserId,
        };
        var taken = await devices.TakeAsync(user.Visible(), asked, AuditLog.ActorOf(user), cancellation);
        var root = $"{request.Scheme}://{request.Host}";
        return TypedResults.Stream(
            body => WriteAsync(body, taken, root, cancellation),
            "text/csv; charset=utf-8",
            "picket-devices.csv"
        );
    }

    private static async Task WriteAsync(Stream body, TakenDevices taken, string root, CancellationToken cancellation)
    {
        // Without the mark Excel takes UTF-8 for something else.
        await using var file = new StreamWriter(body, new UTF8Encoding(true));
        await file.WriteAsync(CsvText.Line(Columns).AsMemory(), cancellation);
        await foreach (var page in taken.Pages.WithCancellation(cancellation))
        {
            foreach (var device in page)
            {
                await file.WriteAsync(CsvText.Line(Cells(device, root)).AsMemory(), cancellation);
            }

            await file.FlushAsync(cancellation);
        }

        if (taken.Note is { } note)
        {
            // Whoever is handed the file has to see that it is not all.
            await file.WriteAsync(CsvText.Line([note]).AsMemory(), cancellation);
        }
    }

    private static IEnumerable<string?> Cells(DeviceSummary device, string root) =>
        [
            device.FriendlyName,
            device.SerialNumber,
            device.Platform,
            device.Model,
            device.OsVersion,
            device.Ownership.ToString(),
            device.OrganizationGroup,
            device.User,
            device.Level.ToString(),
            $"{device.Findings}",
            device.LastSeenAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            $"{root}/devices/{device.Id}",
        ];
}
