using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Binds a preview to the settings that it was made for: an administrator agreed to these and no others.</summary>
internal static class TaggingConsent
{
    public static TaggingSettings SettingsOf(IntegrationRow row) =>
        new(
            row.Address,
            row.OrganizationGroupId,
            [.. row.ExcludedOrganizationGroups],
            [.. row.SmartGroups],
            row.TagPrefix,
            row.TagBatchSize,
            row.TagUnknown
        );

    public static string Store(IntegrationRow row) => JsonSerializer.Serialize(SettingsOf(row));

    /// <returns>What changed since the preview, as a sentence; null when nothing did.</returns>
    public static string? Changed(TagPreviewRow preview, IntegrationRow now)
    {
        var shown = JsonSerializer.Deserialize<TaggingSettings>(preview.Settings)!;
        var changed = shown.ChangedTo(SettingsOf(now));
        return changed.Count == 0
            ? null
            : $"Since the preview was shown, {string.Join(" and ", changed)} changed. Make a new preview.";
    }

    /// <summary>Whether writing may be switched on without a new preview.</summary>
    /// <returns>Why not; null when it may.</returns>
    public static async Task<string?> RefusalAsync(
        PicketDbContext db,
        IntegrationRow integration,
        CancellationToken cancellation
    )
    {
        var accepted = await db
            .TagPreviews.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.Accepted)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellation);
        return accepted is null
            ? "Nothing is written to the UEM before somebody has seen what it would be, and accepted it."
            : Changed(accepted, integration);
    }
}
