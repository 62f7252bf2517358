using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Inventory;

/// <summary>
/// Asks the UEM which devices are in a smart group, for people who look. Whoever may read may ask, so it is bounded: one
/// call in five minutes for a group, one a minute while it fails, sixty an hour for an integration, and none while it is
/// paused.
/// </summary>
public sealed class SmartGroupReadings(PicketDatabase database, UemConnections connections, TimeProvider time)
{
    private const int MostKept = 100;
    private const int MostAnHour = 60;
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FailedFor = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Asked> groups = [];
    private readonly Dictionary<Guid, List<DateTimeOffset>> calls = [];

    /// <exception cref="NotAskedException">The UEM is not asked now.</exception>
    /// <exception cref="WorkspaceOneException">The UEM could not be asked.</exception>
    internal async Task<SmartGroupReading> OfAsync(SmartGroupRow group, CancellationToken cancellation)
    {
        var asked = AskedOf(group.Id);
        await asked.Gate.WaitAsync(cancellation); // Who asks at the same time waits for the one answer.
        try
        {
            var now = time.GetUtcNow();
            if (asked.Failed is { } failed && now - failed.At < FailedFor)
            {
                ExceptionDispatchInfo.Throw(failed.Why);
            }

            if (asked.Reading is not { } reading || now - reading.At >= GoodFor)
            {
                asked.Reading = reading = await AskAsync(group, now, cancellation);
                asked.Failed = null;
            }

            return reading;
        }
        catch (WorkspaceOneException failure)
        {
            asked.Failed ??= (time.GetUtcNow(), failure);
            throw;
        }
        finally
        {
            asked.Gate.Release();
        }
    }

    private async Task<SmartGroupReading> AskAsync(
        SmartGroupRow group,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var integration = await db
            .Integrations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == group.IntegrationId, cancellation);
        if (integration is null or { State: IntegrationState.Paused })
        {
            throw new NotAskedException("The integration is paused: nothing is read from the UEM until it is resumed.");
        }

        if (!MayCall(group.IntegrationId, now))
        {
            throw new NotAskedException(
                $"The members of {MostAnHour} smart groups were asked for within the hour. Look again later."
            );
        }

        var connection = await connections.OpenAsync(group.IntegrationId, cancellation);
        var listed = await connection.Client.Interactive.SmartGroups.DevicesAsync(group.RemoteId, cancellation);
        await connection.SaveQuotaAsync(cancellation);
        var numbers = listed.Select(device => device.Id).ToHashSet();
        var known = await db
            .Devices.Where(row => row.IntegrationId == group.IntegrationId && row.GoneAt == null)
            .Where(row => numbers.Contains(row.RemoteId))
            .Select(row => row.Id)
            .ToListAsync(cancellation);
        known.Sort();
        return new SmartGroupReading(now, known, numbers.Count - known.Count);
    }

    private Asked AskedOf(Guid group)
    {
        lock (gate)
        {
            if (groups.TryGetValue(group, out var known))
            {
                return known;
            }

            if (groups.Count >= MostKept)
            {
                groups.Remove(groups.MinBy(each => each.Value.Reading?.At ?? DateTimeOffset.MinValue).Key);
            }

            return groups[group] = new Asked();
        }
    }

    private bool MayCall(Guid integration, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!calls.TryGetValue(integration, out var made))
            {
                calls[integration] = made = [];
            }

            made.RemoveAll(at => at <= now.AddHours(-1));
            if (made.Count >= MostAnHour)
            {
                return false;
            }

            made.Add(now);
            return true;
        }
    }

    private sealed class Asked
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public SmartGroupReading? Reading { get; set; }

        public (DateTimeOffset At, WorkspaceOneException Why)? Failed { get; set; }
    }
}

/// <param name="Known">Devices of the inventory, sorted.</param>
/// <param name="Others">How many more the UEM listed.</param>
internal sealed record SmartGroupReading(DateTimeOffset At, IReadOnlyList<Guid> Known, int Others);

/// <summary>A reading would have to ask the UEM, which is not done now. Answered with 409.</summary>
public sealed class NotAskedException(string reason) : Exception(reason);
