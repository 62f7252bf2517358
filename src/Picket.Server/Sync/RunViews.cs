using System.Text.Json;
using Picket.Api;

namespace Picket.Server.Sync;

internal static class RunViews
{
    public static RunView Of(SyncRunRow row) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            Kind = row.Kind,
            Trigger = row.Trigger,
            Resumes = row.Resumes,
            State = row.State,
            Stage = row.Stage == "" ? null : row.Stage,
            Progress =
                row.State == RunState.Running
                    ? new RunProgress(row.Stage, (int)row.StageDone, (int?)row.StageTotal)
                    : null,
            Counts = JsonSerializer.Deserialize<Dictionary<string, RunCounts>>(row.Counts)!,
            UemCalls = (int)row.UemCalls,
            Bytes = row.UemBytes,
            QueuedAt = row.RequestedAt,
            StartedAt = row.StartedAt,
            EndedAt = row.EndedAt,
            StageSeconds = JsonSerializer.Deserialize<Dictionary<string, double>>(row.StageSeconds)!,
            IncompleteReasons = row.IncompleteReasons,
            Notes = row.Notes,
            UnknownFields = JsonSerializer.Deserialize<Dictionary<string, int>>(row.UnknownFields)!,
            Hold =
                row.State == RunState.Held && row is { HeldLost: { } lost, HeldStored: { } stored }
                    ? new RunHold(
                        lost,
                        stored,
                        stored == 0 ? 1 : (double)lost / stored,
                        new Core.Sync.LossBrake().Share
                    )
                    : null,
        };
}
