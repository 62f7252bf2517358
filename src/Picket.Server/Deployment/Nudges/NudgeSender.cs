using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Sends the messages of a nudge that wait, in the order of the devices' numbers, each in the ledger first.</summary>
internal sealed class NudgeSender(
    PicketDatabase database,
    NudgeLedger ledger,
    WorkspaceOneClient client,
    NudgeRow nudge
)
{
    private const int DevicesAtOnce = 200;

    private readonly NeverTouchBook never = new(nudge.IntegrationId);
    private int unclearInARow;

    /// <summary>
    /// A UEM that loses so many answers is not asked for more before a wait, since each may be a message lost; after a wait
    /// the first one tells.
    /// </summary>
    private int MostUnclearInARow => nudge.Failures > 0 && Answered == 0 ? 1 : 3;

    /// <summary>Devices about which the UEM answered, one way or the other.</summary>
    public int Answered { get; private set; }

    /// <exception cref="WorkspaceOneException">The UEM would refuse what is left as well, or cannot be asked now.</exception>
    /// <exception cref="DeploymentStoppedException">Nothing may be sent any more.</exception>
    public async Task SendAsync(string subject, CancellationToken cancellation)
    {
        while (await NextAsync(cancellation) is { Count: > 0 } devices)
        {
            foreach (var device in devices)
            {
                if (await ledger.MarkSentAsync(nudge, device, subject, never, cancellation) is { } entry)
                {
                    await SendAsync(device, entry, cancellation);
                }
            }
        }
    }

    private async Task<List<NudgeDeviceRow>> NextAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db
            .NudgeDevices.AsNoTracking()
            .Where(row => row.NudgeId == nudge.Id && row.State == NudgeDeviceState.Waiting)
            .OrderBy(row => row.Id)
            .Take(DevicesAtOnce)
            .ToListAsync(cancellation);
    }

    private async Task SendAsync(NudgeDeviceRow device, Guid entry, CancellationToken cancellation)
    {
        try
        {
            await (
                nudge.Channel == NudgeChannel.Mail
                    ? client.Messages.MailAsync(
                        device.RemoteId,
                        nudge.Subject!,
                        nudge.Text,
                        cancellationToken: cancellation
                    )
                    : client.Messages.PushAsync(device.RemoteId, nudge.Text, cancellation)
            );
        }
        catch (WorkspaceOneException failure)
        {
            await FailedAsync(device, entry, failure);
            return;
        }

        // What is known is kept, even while the process stops.
        await ledger.AnsweredAsync(device, entry, CancellationToken.None);
        (unclearInARow, Answered) = (0, Answered + 1);
    }

    private async Task FailedAsync(NudgeDeviceRow device, Guid entry, WorkspaceOneException failure)
    {
        switch (WriteFailure.Of(failure))
        {
            case WriteFate.Unclear:
                await ledger.UnclearAsync(device, entry, failure, CancellationToken.None);
                if (++unclearInARow >= MostUnclearInARow)
                {
                    throw failure;
                }

                return;
            case WriteFate.NotSent:
                await ledger.NotSentAsync(device, entry, failure, CancellationToken.None);
                throw failure;
            default:
                await ledger.RefusedAsync(device, entry, failure, CancellationToken.None);
                (unclearInARow, Answered) = (0, Answered + 1);
                return;
        }
    }
}
