using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// Of the servers that share a PostgreSQL one works: it reads, judges, writes and tells. The others answer people, keep what they
/// want in the database, and take over when the lease of the working one has run out. It is renewed with each look at the stop
/// of all writes (see <see cref="Brakes.BrakesWorker"/>): who cannot look closes the gate long before the lease runs out. The
/// embedded database has one server, which holds it always.
/// </summary>
public sealed partial class WorkLease
{
    private readonly PicketDatabase database;
    private readonly ILogger<WorkLease> log;
    private readonly Guid self = Guid.NewGuid();
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isLost;
    private bool standsBy;

    public WorkLease(PicketDatabase database, ILogger<WorkLease> log)
    {
        (this.database, this.log) = (database, log);
        if (database.IsSqlite)
        {
            held.SetResult();
        }
    }

    public bool IsHeld => held.Task.IsCompletedSuccessfully && !isLost;

    /// <summary>Until this server is the one that works.</summary>
    public Task HeldAsync(CancellationToken cancellation) => held.Task.WaitAsync(cancellation);

    /// <summary>Takes it where nobody holds it, and makes it last on. By the database's clock: those of the servers may differ.</summary>
    /// <returns>False where it was this server's and is another's now: nothing may be begun here any more.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO work_lease ("Id", "Server", "Name", "Until")
            VALUES ({WorkLeaseRow.Only}, {self}, {WorkLeaseRow.NameOfThis}, now() + interval '30 seconds')
            ON CONFLICT ("Id") DO UPDATE
            SET "Server" = excluded."Server", "Name" = excluded."Name", "Until" = excluded."Until"
            WHERE work_lease."Server" = excluded."Server" OR work_lease."Until" < now()
            """,
            cancellation
        );
        if (taken > 0)
        {
            if (held.TrySetResult() && standsBy)
            {
                LogTakenOver();
            }

            return true;
        }

        isLost = held.Task.IsCompletedSuccessfully;
        if (!isLost && !standsBy)
        {
            standsBy = true;
            LogStandsBy();
        }

        return !isLost;
    }

    /// <summary>Another takes over at once after an orderly end.</summary>
    public async Task LeaveAsync()
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlAsync($"""DELETE FROM work_lease WHERE "Server" = {self}""");
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Another server at this database works. This one answers people, stands by, and takes over when the other is gone."
    )]
    private partial void LogStandsBy();

    [LoggerMessage(2, LogLevel.Information, "The other server is gone: this one has taken the work over.")]
    private partial void LogTakenOver();
}
