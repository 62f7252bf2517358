using Picket.Api;
using Picket.Core.Enrollment;

namespace Picket.Server.Enrollment;

internal static class ImportViews
{
    public static ImportView Of(ImportRow row, ImportCounts counts) =>
        new()
        {
            Id = row.Id,
            IntegrationId = row.IntegrationId,
            Kind = row.Kind,
            Name = row.Name,
            State = row.State,
            Lines = row.Lines,
            Creates = counts.Creates,
            Changes = counts.Changes,
            AlreadyThere = counts.AlreadyThere,
            Refused = counts.Refused,
            Done = counts.Done,
            Failed = counts.Failed,
            Unclear = counts.Unclear,
            Waiting = counts.Waiting,
            UemCalls = (int)row.UemCalls,
            MadeAt = row.MadeAt,
            StartedAt = row.StartedAt,
            GoesOnAt = row.GoesOnAt,
            EndedAt = row.EndedAt,
            ForgottenAt = row.ForgottenAt,
            NeedsApproval = ImportBrake.NeedsApproval(
                row.State is ImportState.Receiving or ImportState.Checking or ImportState.Checked
                    ? counts.Waiting
                    : counts.Creates + counts.Changes
            ),
            Reasons = row.Reasons,
        };

    public static ImportLineView Of(ImportLineRow row) =>
        new()
        {
            Line = row.Line,
            Subject = row.Subject,
            Step = row.Step,
            State = row.State,
            Notes = ImportJson.NotesOf(row.Notes),
            UemId = row.RemoteId,
            LedgerEntryId = row.LedgerEntryId,
        };
}
