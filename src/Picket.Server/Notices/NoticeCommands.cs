using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Core.Response;
using Picket.Server.Access;
using Picket.Server.Commands;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// Commands, and runs of app groups, that wait for a person, each by itself: who decides one has not decided the next. No device is named: a notice
/// leaves this server.
/// </summary>
internal static class NoticeCommands
{
    public static async Task<IEnumerable<NoticeCondition>> ReadAsync(
        PicketDbContext db,
        IReadOnlyList<IntegrationRow> integrations,
        CancellationToken cancellation
    )
    {
        var waiting = await db
            .DeviceCommands.AsNoTracking()
            .Where(row =>
                (row.State == CommandState.Waiting && row.Kind == CommandKind.EnterpriseWipe)
                || (row.State == CommandState.Unclear && row.GoesOnAt == null)
                || row.State == CommandState.HeldByUem
            )
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        var messages = await ApprovalQueries.MessagesAsync(db, Visible.Everything, cancellation);
        var previews =
            from set in messages
            join row in integrations on set.Integration equals row.Id
            select new NoticeCondition(
                $"messages:{set.Integration}:{set.PolicyVersion}",
                $"{NoticeKind.DecisionWaiting}",
                row.Id,
                $"{row.Name}: the first messages of a policy wait for a person's word",
                "Users are written to once somebody who may approve has looked at what they would be told.",
                "/approvals"
            );
        var held = await db
            .AppGroupRuns.AsNoTracking()
            .Where(row => row.State == RunState.Held)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellation);
        var lists =
            from run in held
            join row in integrations on run.IntegrationId equals row.Id
            select new NoticeCondition(
                $"app-group-run:{run.Id}",
                $"{NoticeKind.DecisionWaiting}",
                row.Id,
                $"{row.Name}: a brake holds the lists of denied apps",
                $"It would add or take out {run.HeldChanges ?? 0:N0} apps. Nothing is written until somebody decides.",
                "/approvals"
            );
        var commands =
            from command in waiting
            join row in integrations on command.IntegrationId equals row.Id
            let told = Told(command)
            select new NoticeCondition(
                $"command:{command.Id}:{command.State}",
                $"{NoticeKind.DecisionWaiting}",
                row.Id,
                $"{row.Name}: {told.What}",
                told.Text,
                told.Page
            );
        return commands.Concat(previews).Concat(lists);
    }

    private static (string What, string Text, string Page) Told(DeviceCommandRow command) =>
        command.State switch
        {
            CommandState.Waiting => (
                $"a wipe waits for a second person until {command.ExpiresAt:yyyy-MM-dd HH:mm} UTC",
                "Nothing is sent until another person approves it; it expires by itself.",
                "/approvals"
            ),
            CommandState.HeldByUem => (
                "the UEM holds a wipe back",
                "Its own protection against many wipes is on. Somebody releases or discards it in the UEM's console.",
                $"/commands/{command.Id}"
            ),
            _ => (
                "nobody can tell whether a command to a device was done",
                "Its answer was lost, and it is not sent again. Look at the device, and say what became of it.",
                $"/commands/{command.Id}"
            ),
        };
}
