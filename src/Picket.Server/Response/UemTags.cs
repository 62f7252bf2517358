using Picket.Core.Response;
using Picket.WorkspaceOne;

namespace Picket.Server.Response;

/// <summary>The tag calls of one run, with the answers in Core's terms.</summary>
internal sealed class UemTags(WorkspaceOneClient client, int organizationGroup)
{
    public async Task<IReadOnlyList<ListedTag>> ListAsync(CancellationToken cancellation)
    {
        var listing = await client.Tags.Search(organizationGroup).ReadAllAsync(cancellation);
        return listing.Report.Complete
            ? [.. listing.Items.Select(tag => new ListedTag(tag.Id, tag.Name ?? ""))]
            : throw new IncoherentTagsException(
                "The UEM's listing of tags does not add up; nothing is written on its word."
            );
    }

    public async Task<IReadOnlySet<long>> DevicesAsync(int tag, CancellationToken cancellation) =>
        (await client.Tags.DevicesAsync(tag, cancellation)).Select(device => (long)device.DeviceId).ToHashSet();

    public Task<int> CreateAsync(string name, CancellationToken cancellation) =>
        client.Tags.CreateAsync(organizationGroup, name, cancellation);

    /// <summary>Adds or removes in bulk. A state: the client may repeat it after a lost answer.</summary>
    public async Task<TagAnswer> SendAsync(
        TagAction action,
        int tag,
        IReadOnlyList<long> devices,
        CancellationToken cancellation
    )
    {
        int[] ids = [.. devices.Select(device => (int)device)];
        try
        {
            var result =
                action == TagAction.Add
                    ? await client.Tags.AddDevicesAsync(tag, ids, cancellation)
                    : await client.Tags.RemoveDevicesAsync(tag, ids, cancellation);
            return new TagAnswer(
                BulkOutcome.Answered,
                [.. result.Faults.Select(Fault).OfType<Core.Response.BulkFault>()],
                null,
                null
            );
        }
        catch (WorkspaceOneException refused) when (refused.Status is { } status)
        {
            return new TagAnswer(
                refused is OverBulkLimitException
                    ? BulkOutcome.OverLimit
                    : BulkAnswer.Classify((int)status, refused.ErrorCode, refused.Reason),
                [],
                refused.ErrorCode,
                refused.Message
            );
        }
    }

    private static Core.Response.BulkFault? Fault(WorkspaceOne.BulkFault fault) =>
        long.TryParse(fault.ItemValue, out var device)
            ? new Core.Response.BulkFault(device, fault.ErrorCode ?? 0, fault.Message)
            : null;
}

internal sealed record TagAnswer(
    BulkOutcome Outcome,
    IReadOnlyList<Core.Response.BulkFault> Faults,
    int? Code,
    string? Reason
);

/// <summary>What was read cannot be true; nothing is concluded from it.</summary>
internal sealed class IncoherentTagsException(string message) : Exception(message);
