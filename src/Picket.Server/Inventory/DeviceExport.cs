using System.Security.Claims;
using System.Text;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Audit;

namespace Picket.Server.Inventory;

/// <summary>
/// The list of devices as a file for spreadsheets: the same filters, all rows, written as they are read. A cell that a
/// spreadsheet would take for a formula is made text.
/// </summary>
internal static class DeviceExport
{
    public const string Address = "/devices/export.csv";

    private const string FormulaSigns = "=+-@\t\r";

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

    private static async Task ExportAsync(
        [AsParameters] DeviceFilter filter,
        string? group,
        Guid? integration,
        DeviceQueries devices,
        ClaimsPrincipal user,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var asked = filter with
        {
            OrganizationGroup = group ?? filter.OrganizationGroup,
            IntegrationId = integration ?? filter.IntegrationId,
            Limit = Paging.MaxLimit,
        };
        var page = await devices.ListAsync(user.Visible(), asked, AuditLog.ActorOf(user), cancellation);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"picket-devices.csv\"";
        // Without the mark Excel takes UTF-8 for something else.
        await using var file = new StreamWriter(context.Response.Body, new UTF8Encoding(true));
        await file.WriteAsync(Line(Columns).AsMemory(), cancellation);
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        while (true)
        {
            foreach (var device in page.Items)
            {
                await file.WriteAsync(Line(Cells(device, root)).AsMemory(), cancellation);
            }

            await file.FlushAsync(cancellation);
            if (page.Next is null)
            {
                // Whoever is handed the file has to see that it is not all.
                await file.WriteAsync((page.Note is { } note ? Line([note]) : "").AsMemory(), cancellation);
                return;
            }

            page = await devices.ListAsync(
                user.Visible(),
                asked with
                {
                    Cursor = page.Next,
                },
                AuditLog.ActorOf(user),
                cancellation
            );
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
            device.LastSeenAt?.UtcDateTime.ToString(
                "yyyy-MM-dd HH:mm",
                System.Globalization.CultureInfo.InvariantCulture
            ),
            $"{root}/devices/{device.Id}",
        ];

    internal static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && FormulaSigns.Contains(text[0]) ? "'" + text : text ?? "";
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
