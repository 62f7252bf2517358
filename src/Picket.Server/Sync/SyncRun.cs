using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Sync;
using Picket.Server.Console;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Sync;

/// <summary>A run at work: its row, its connection, and what it counted so far.</summary>
internal sealed class SyncRun
{
    private readonly Dictionary<string, RunCounts> counts;
    private readonly Dictionary<string, double> seconds;
    private readonly Dictionary<string, int> unknown;
    private readonly CallMeter meter = new() { UnknownFields = new UnknownFieldCounter() };
    private readonly (long Calls, long Bytes) before;

    public SyncRun(SyncRunRow row, IntegrationRow integration, UemConnection connection)
    {
        (Row, Integration, Connection) = (row, integration, connection);
        counts = JsonSerializer.Deserialize<Dictionary<string, RunCounts>>(row.Counts)!;
        seconds = JsonSerializer.Deserialize<Dictionary<string, double>>(row.StageSeconds)!;
        unknown = JsonSerializer.Deserialize<Dictionary<string, int>>(row.UnknownFields)!;
        Client = connection.Client.Metered(meter);
        before = (row.UemCalls, row.UemBytes);
    }

    public SyncRunRow Row { get; }
    public IntegrationRow Integration { get; }
    public UemConnection Connection { get; }

    /// <summary>Counts this run's calls alone: tag runs and people share the connection.</summary>
    public WorkspaceOneClient Client { get; }
    public int OrganizationGroup => Integration.OrganizationGroupId;

    /// <summary>Calls that the run made since it was taken up.</summary>
    public long Calls => meter.Calls;

    /// <summary>Calls that background work may still make today.</summary>
    public int CallsLeft(DateTimeOffset now)
    {
        var quota = Client.Quota;
        CallQuota? seen = quota is { Limit: { } limit, Remaining: { } remaining, ResetAt: { } reset }
            ? new CallQuota((int)limit, (int)remaining, reset)
            : null;
        return CallBudget.Of(seen, Integration.QuotaSharePercent / 100.0, (int)quota.CallsMade, now).Background;
    }

    public void Count(string kind, int read = 0, int added = 0, int changed = 0, int touched = 0, int removed = 0)
    {
        var so = counts.GetValueOrDefault(kind) ?? new RunCounts(0, 0, 0, 0, 0);
        counts[kind] = new RunCounts(
            so.Read + read,
            so.Added + added,
            so.Changed + changed,
            so.Touched + touched,
            so.Removed + removed
        );
        Row.StageDone += read;
    }

    /// <summary>A stage begins anew: what an earlier try counted as read would be counted twice.</summary>
    public void BeginStage(string stage)
    {
        (Row.Stage, Row.StageDone, Row.StageTotal) = (stage, 0, null);
        counts.Remove(stage);
    }

    public void EndStage(TimeSpan took) =>
        seconds[Row.Stage] = seconds.GetValueOrDefault(Row.Stage) + took.TotalSeconds;

    /// <summary>Why the stage falls short, for people.</summary>
    public void Incomplete(string reason) =>
        Row.IncompleteReasons = [.. Row.IncompleteReasons.Union([OfStage(reason)])];

    /// <summary>Something worth knowing that is no fault.</summary>
    public void Note(string note) => Row.Notes = [.. Row.Notes.Union([OfStage(note)])];

    private string OfStage(string text) => $"{Words.Stage(Row.Stage)}: {text}";

    /// <summary>
    /// The way to write in a run: what is written, how far the run is, and what was spent of the day's calls are kept
    /// together or not at all.
    /// </summary>
    /// <param name="write">May be done again on another context, so it begins from what is stored.</param>
    public Task WriteAsync(PicketDatabase database, Func<PicketDbContext, Task> write, CancellationToken cancellation)
    {
        var (figures, done) = (counts.ToList(), Row.StageDone);
        return Rivalry.RepeatAsync(
            async () =>
            {
                await WriteOnceAsync(database, write, cancellation);
                return true;
            },
            givenUp: () =>
            {
                counts.Clear();
                figures.ForEach(figure => counts.Add(figure.Key, figure.Value));
                Row.StageDone = done;
            }
        );
    }

    public Task SaveAsync(PicketDatabase database, CancellationToken cancellation) =>
        WriteAsync(database, _ => Task.CompletedTask, cancellation);

    private async Task WriteOnceAsync(
        PicketDatabase database,
        Func<PicketDbContext, Task> write,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await write(db);
        Fill();
        Update(db, Row);
        await Connection.SaveQuotaAsync(db, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public void Fill()
    {
        Row.Counts = JsonSerializer.Serialize(counts);
        Row.StageSeconds = JsonSerializer.Serialize(seconds);
        foreach (var (field, count) in meter.UnknownFields!.Counts)
        {
            unknown[field] = Math.Max(count, unknown.GetValueOrDefault(field));
        }

        Row.UnknownFields = JsonSerializer.Serialize(unknown);
        (Row.UemCalls, Row.UemBytes) = (before.Calls + meter.Calls, before.Bytes + meter.Bytes);
    }

    /// <summary>All but the wish to cancel: that is written by others, while the run is at work.</summary>
    public static void Update(PicketDbContext db, SyncRunRow row)
    {
        db.SyncRuns.Update(row);
        db.Entry(row).Property(saved => saved.CancelRequested).IsModified = false;
    }
}
