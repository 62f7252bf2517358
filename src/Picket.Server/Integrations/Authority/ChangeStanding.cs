using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// Whether the caller may change an integration, as far as is known without asking the UEM: by the role here, and by the
/// last reading of the account that the caller is linked to.
/// </summary>
/// <param name="WhyNot">Null when the caller may.</param>
internal sealed record ChangeStanding(string? WhyNot, AdministratorLink? Link, RecoveryView? Recovery)
{
    public static async Task<ChangeStanding> OfAsync(
        PicketDbContext db,
        ClaimsPrincipal caller,
        Guid integration,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var person = caller.PersonId();
        var row = await AdminLinks.StandingAsync(db, integration, person, cancellation);
        var link = row is null ? null : Of(row, caller.Identity?.Name ?? "");
        var recovery = await Recoveries.UnacknowledgedAsync(db, integration, now, cancellation);
        var letIn =
            recovery is not null
            && person is { } id
            && await Recoveries.IsLetInAsync(db, integration, id, now, cancellation);
        var whyNot =
            !caller.May(Right.ChangeSettings, integration) ? Refusals.Explain(caller, Right.ChangeSettings).Detail
            : letIn ? null
            : row is null ? ChangeAuthority.BeforeReading(new ChangeActor.Person(null))!.Reason
            : link!.WhyNot;
        return new ChangeStanding(whyNot, link, recovery);
    }

    public static AdministratorLink Of(AdminLinkRow row, string person)
    {
        var may = row.Refusal == ChangeRefusal.None;
        return new AdministratorLink(
            row.PersonId,
            person,
            row.UserName,
            row.LinkedAt,
            row.ReadAt,
            may,
            may ? null : row.Reason,
            row.Issuer
        );
    }
}
