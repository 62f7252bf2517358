using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Enrollment;
using Picket.Server.Audit;
using Picket.Server.Storage;
using ImportKind = Picket.Api.ImportKind;

namespace Picket.Server.Enrollment;

/// <summary>One device, by hand: an import of one line, which starts by itself since somebody has just said so.</summary>
internal static class RegistrationEndpoints
{
    public static async Task<Results<Accepted<ImportView>, NotFound, ProblemHttpResult>> RegisterAsync(
        Guid id,
        RegisterDevice device,
        ClaimsPrincipal user,
        PicketDbContext db,
        ImportStore imports,
        CancellationToken cancellation
    )
    {
        var integration = await db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
        if (integration is null)
        {
            return TypedResults.NotFound();
        }

        if (EnrollmentGate.Refusal(integration) is { } refusal)
        {
            return EnrollmentProblems.NotAllowedNow(refusal);
        }

        var line = Read(device);
        if (line.Wish is not DeviceWish wish)
        {
            return EnrollmentProblems.Refused(
                line.Mistakes.GroupBy(mistake => FieldOf(mistake.Column))
                    .ToDictionary(field => field.Key, field => field.Select(mistake => mistake.Text).ToArray())
            );
        }

        var actor = AuditLog.ActorOf(user);
        var import = await imports.NewAsync(
            id,
            ImportKind.Devices,
            wish.SerialNumber ?? wish.Udid!,
            actor,
            cancellation
        );
        await imports.AddLinesAsync([ImportStore.LineOf(import.Id, line)], cancellation);
        return TypedResults.Accepted(
            Routes.Fill(Routes.Import, import.Id),
            await imports.CheckAsync(import, 1, cancellation, thenStart: true)
        );
    }

    /// <summary>By the same rules as the line of a file.</summary>
    private static ImportLine Read(RegisterDevice device)
    {
        var columns = ImportColumns.Of(Core.Enrollment.ImportKind.Devices);
        var (header, _) = ImportHeader.Read(
            Core.Enrollment.ImportKind.Devices,
            [.. columns.Select(column => column.Name)]
        );
        return ImportReader.Read(header!, 1, [.. columns.Select(column => ValueOf(device, column) ?? "")]);
    }

    private static string? ValueOf(RegisterDevice device, ImportColumn column) =>
        FieldOf(column.Name) switch
        {
            "userName" => device.UserName,
            "serialNumber" => device.SerialNumber,
            "imei" => device.Imei,
            "udid" => device.Udid,
            "friendlyName" => device.FriendlyName,
            "platform" => device.Platform,
            "modelId" => device.ModelId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "ownership" => device.Ownership,
            "assetNumber" => device.AssetNumber,
            "organizationGroup" => device.OrganizationGroup,
            "message" => device.Message,
            _ => throw new ArgumentException($"There is no field for the column {column.Name}.", nameof(column)),
        };

    /// <summary><c>serial_number</c> of a file is <c>serialNumber</c> here.</summary>
    private static string FieldOf(string? column)
    {
        var parts = (column ?? "serial_number").Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
